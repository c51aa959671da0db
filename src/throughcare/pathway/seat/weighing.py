"""Who could make up for missed hours at which session: everything that speaks against it, for many people at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.recording.saving_weeks import suits_plan
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.verdict import Allowed, Refused, Verdict, first_refusal
from throughcare.knowledge.week_rules import (
    Span,
    check_free,
    check_kept_apart,
    check_kept_from_staff,
    check_longest_day,
    check_ratio,
    check_seats,
    check_takes_newcomers,
    check_variant,
    overlap,
)
from throughcare.pathway.actor import Actor
from throughcare.pathway.program_settings import number
from throughcare.pathway.seat.person_to_place import Person, people_to_place
from throughcare.pathway.seat.placing import Placing, closed_groups, refused
from throughcare.pathway.seat.ratios import ratios_on
from throughcare.pathway.session.hours import attendance_between, seats_between
from throughcare.pathway.session.session_rows import treatment_minutes
from throughcare.records.care_plans import PrescriptionLine
from throughcare.records.episodes import Episode
from throughcare.records.sessions import Appointment, Session, SessionStaff

WEEK = timedelta(days=7)
COUNTING = [code for code, kind in SESSION_TYPES.items() if kind.counts_as_clinical_hours]


@dataclass(frozen=True)
class Absentee:
    """Who makes up: their time and company as placing knows them, the seats they have in the week, and their plan.

    `planned` are the session types of the plan, `missed` those that the person missed in this week.
    """

    person: Person
    expected_at: frozenset[int]
    attending: tuple[Appointment, ...]
    planned: frozenset[str]
    missed: frozenset[str]


@dataclass(frozen=True)
class Sessions:
    """Sessions someone could take, with who is seated in and who leads each (keys), as of one moment.

    `least` is the fewest people with whom a group takes place.
    """

    rows: tuple[Session, ...]
    seated: Mapping[int, set[int]]
    led_by: Mapping[int, Mapping[int, str]]
    ratios: Mapping[str, int]
    closed: frozenset[int]
    least: int


def absentees(episodes: Sequence[Episode], monday: date, *, by: Actor, at: datetime) -> dict[int, Absentee]:
    """People (episodes with patient and site, in one time zone) in the week of `monday`, by patient (key).

    The queries don't grow with them.
    """
    if not episodes:
        return {}
    keys = [episode.patient_id for episode in episodes]
    last = monday + WEEK - timedelta(days=1)
    people = people_to_place(episodes, first=monday, last=last, by=by, at=at)
    held: dict[int, list[Appointment]] = defaultdict(list)
    for seat in seats_between(keys, monday, monday + WEEK, organization=by.organization):
        if seat.session.cancelled_at is None:
            held[seat.patient_id].append(seat)
    standing = attendance_between(keys, monday, monday + WEEK, organization=by.organization)
    away = {key for key, row in standing.items() if not STATUSES[row.status].minutes_count}
    planned = _planned_types(people.values())
    found = {}
    for key, person in people.items():
        missed = [seat for seat in held[key] if (seat.session_id, key) in away]
        found[key] = Absentee(
            person=person,
            expected_at=frozenset(seat.session_id for seat in held[key]),
            attending=tuple(seat for seat in held[key] if (seat.session_id, key) not in away),
            planned=planned.get(person.plan.pk, frozenset()) if person.plan else frozenset(),
            missed=frozenset(seat.session.session_type for seat in missed),
        )
    return found


def _planned_types(people: Collection[Person]) -> dict[int, frozenset[str]]:
    """The session types of each plan (key)."""
    found: dict[int, set[str]] = defaultdict(set)
    plans = [person.plan.pk for person in people if person.plan is not None]
    rows = PrescriptionLine.objects.filter(version__in=plans)
    for plan, kind in rows.values_list("version", "session_type"):
        found[plan].add(kind)
    return {plan: frozenset(kinds) for plan, kinds in found.items()}


def group_sessions_left(sites: Collection[int], monday: date, *, by: Actor, at: datetime) -> Sessions:
    """The group sessions of sites (keys) that count and are not over in the week of `monday`, earliest first."""
    rows = Session.objects.select_related("group", "room", "site").filter(
        organization_id=by.organization,
        site__in=sites,
        group__isnull=False,
        session_type__in=COUNTING,
        local_day__range=(monday, monday + WEEK - timedelta(days=1)),
        ends_at__gt=at,
        cancelled_at__isnull=True,
    )
    return describe_sessions(list(rows.order_by("starts_at", "pk")), monday=monday, by=by)


def describe_sessions(rows: Sequence[Session], *, monday: date, by: Actor) -> Sessions:
    """These sessions with who is in them now; the queries don't grow with them."""
    keys = [row.pk for row in rows]
    seated: dict[int, set[int]] = defaultdict(set)
    seats = Appointment.objects.filter(session__in=keys, released_at__isnull=True)
    for session, patient in seats.values_list("session", "patient"):
        seated[session].add(patient)
    led_by: dict[int, dict[int, str]] = defaultdict(dict)
    staff = SessionStaff.objects.select_related("practitioner").filter(session__in=keys)
    for row in staff.order_by("pk"):
        who = row.practitioner
        led_by[row.session_id][row.practitioner_id] = f"{who.given_name} {who.family_name}"
    return Sessions(
        rows=tuple(rows),
        seated=seated,
        led_by=led_by,
        ratios=ratios_on(monday, organization=by.organization),
        closed=closed_groups({row.group_id for row in rows if row.group_id}),
        least=number("group.min_to_run", organization=by.organization, on=monday),
    )


def fits_alone(
    session: Session, absentee: Absentee, sessions: Sessions, placing: Placing, *, at: datetime
) -> bool:
    """Whether a person may take this seat, or a place in line for it, by themselves: nothing is left to be weighed."""
    seated = len(sessions.seated.get(session.pk, ()))
    return (
        (not placing.refusals or placing.is_only_full)
        and not placing.warnings
        and session.starts_at > at
        and seated + 1 >= sessions.least
        and suits_plan(session.session_type, planned=absentee.planned, missed=absentee.missed)
    )


def weigh_make_up(session: Session, absentee: Absentee, sessions: Sessions, *, at: datetime) -> Placing:
    """What speaks against one session for one person, every rule asked."""
    person, span = absentee.person, _span(session)
    patient = person.episode.patient
    seated = sessions.seated.get(session.pk, set())
    led_by = sessions.led_by.get(session.pk, {})
    running = [_span(seat.session) for seat in absentee.attending if seat.session.starts_at <= at]
    coming = [one.span for one in person.sessions if one.session != session.uid]
    full = first_refusal(
        check_seats(session.title, taken=len(seated), capacity=session.capacity, on=session.local_day),
        _check_staff(session, sessions, taken=len(seated)),
    )
    verdicts = [
        _check_session(session, at=at),
        _check_expected(session, absentee),
        check_takes_newcomers(session.title, is_closed=session.group_id in sessions.closed),
        full,
        _check_time(person, span, [*running, *coming]),
        _check_time(person, span, person.commitments),
        check_kept_apart(
            [name for key, name in person.apart.items() if key in seated], may_know=person.may_know_who
        ),
        check_kept_from_staff(
            [name for key, name in person.never_with.items() if key in led_by], may_know=person.may_know_who
        ),
        check_variant(session.group.variant if session.group else "", gender=patient.gender, sex=patient.sex),
    ]
    warnings = [_check_longest_day(session, absentee), _check_video(session, person)]
    return Placing(refused(verdicts), refused(warnings), refused([full]))


def _check_session(session: Session, *, at: datetime) -> Verdict:
    if session.cancelled_at is not None:
        return Refused("The session was canceled. Choose another one.")
    if at >= session.ends_at:
        return Refused("The session is over. Choose one that is still to come.")
    if session.group_id is None:
        return Refused(
            "Only a group's session has a seat for one more. Book a one-to-one session in the week."
        )
    if session.session_type not in COUNTING:
        return Refused(
            f"{session_type(session.session_type).title} adds no treatment hours. Choose another one."
        )
    return Allowed()


def _check_expected(session: Session, absentee: Absentee) -> Verdict:
    if session.pk in absentee.expected_at:
        return Refused("This person is expected at this session already.")
    return Allowed()


def _check_staff(session: Session, sessions: Sessions, *, taken: int) -> Verdict:
    most = sessions.ratios[session_type(session.session_type).ratio_setting]
    led_by = max(len(sessions.led_by.get(session.pk, {})), 1)
    return check_ratio(session.title, patients=taken + 1, staff=led_by, most=most, on=session.local_day)


def _check_time(person: Person, wanted: Span, held: Sequence[Span]) -> Verdict:
    """One session lies at one time: the first thing in its way is said."""
    in_the_way = [span for span in held if overlap(wanted, span)][:1]
    return check_free(person.name, [wanted], in_the_way, zone=person.zone)


def _check_longest_day(session: Session, absentee: Absentee) -> Verdict:
    plan, day = absentee.person.plan, session.local_day
    if plan is None or plan.longest_day_hours is None:
        return Allowed()
    same_day = [seat.planned_minutes for seat in absentee.attending if seat.local_day == day and seat.counts]
    minutes = sum(same_day) + treatment_minutes(session)
    return check_longest_day(minutes, most_hours=float(plan.longest_day_hours), on=day)


def _check_video(session: Session, person: Person) -> Verdict:
    if session.telehealth_url and session.room_id is None and person.has_video is False:
        return Refused(f"{person.name} said they have no device or internet for video.")
    return Allowed()


def _span(session: Session) -> Span:
    return Span(session.starts_at, session.ends_at, session.title)
