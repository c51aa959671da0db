"""Make-up sessions: a seat for one time at a session, for someone who missed another."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.hours import WeekLedger, would_come_to
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.verdict import Allowed, Refused, Verdict, first_refusal
from throughcare.knowledge.week_rules import (
    Span,
    check_free,
    check_kept_apart,
    check_longest_day,
    check_ratio,
    check_seats,
    check_variant,
    overlap,
)
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, require
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.program_settings import number
from throughcare.pathway.session.hours import attendance_between, hours_of_week, seats_between
from throughcare.pathway.session.session_rows import find_session, place_of, treatment_minutes
from throughcare.pathway.week.make_up_offers import MakeUp, MakeUps
from throughcare.pathway.week.person_to_place import Person, person_to_place
from throughcare.pathway.week.placing import Placing
from throughcare.pathway.week.ratios import ratios_on
from throughcare.pathway.week.seats import appointment
from throughcare.records.care_plans import PrescriptionLine
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session, SessionStaff

WEEK = timedelta(days=7)
COUNTING = [code for code, kind in SESSION_TYPES.items() if kind.counts_as_clinical_hours]


@dataclass(frozen=True)
class _Absentee:
    """Who makes up: their time and company as placing knows them, and the seats they have in the week.

    `leads` counts who leads each session (key) of the week at their site, `ratios` are the program's.
    """

    person: Person
    expected_at: Collection[int]
    attending: Sequence[Appointment]
    ratios: Mapping[str, int]
    leads: Mapping[int, int]


def make_ups(patient: UUID, *, by: Actor, at: datetime, week: date | None = None) -> MakeUps:
    """What is left of a week for a person who missed hours: every group session that counts, with its verdict.

    `week` is any day of the week, this one if left out. Raises `Cannot` for someone who is not in the program.
    """
    episode = _open_episode(open_patient(patient, kind="make_up", by=by, at=at))
    zone, key = episode.site.time_zone, episode.patient_id
    today = local_day(at, zone)
    monday = week_of(week or today, number("week_start", organization=by.organization, on=today))
    ledger = hours_of_week([key], monday, zone=zone, organization=by.organization, at=at)[key]
    found = [] if monday + WEEK <= today else _choices(episode, monday, ledger, by=by, at=at)
    return MakeUps(
        patient=episode.patient.uid,
        time_zone=zone,
        monday=monday,
        is_over=monday + WEEK <= today,
        week=ledger,
        offered=tuple(one for one in found if one.placing.verdict),
        refused=tuple(one for one in found if not one.placing.verdict),
    )


@transaction.atomic
def book_make_up(session: UUID, patient: UUID, *, by: Actor, at: datetime) -> UUID:
    """Expect a person at one session that makes up for a missed one; its hours add to what is delivered only.

    Raises `Cannot` with every reason that `make_ups` gives against it.
    """
    person = open_patient(patient, kind="make_up", by=by, at=at, verb="change")
    found = find_session(session, by=by)
    # The person, then the seats: two bookings at once see each other.
    Patient.objects.select_for_update().get(pk=person.pk)
    Session.objects.select_for_update().get(pk=found.pk)
    episode = _open_episode(person)
    absentee = _absentee(episode, week_of(found.local_day), by=by, at=at)
    seated = Appointment.objects.filter(session=found, released_at__isnull=True)
    require(weigh_make_up(found, absentee, set(seated.values_list("patient", flat=True)), at=at).verdict)
    seat = appointment(found, person.pk, episode=episode.pk, at=at, recorded_by=by.account)
    seat.is_make_up = True
    seat.save(force_insert=True)
    return seat.uid


def weigh_make_up(session: Session, absentee: _Absentee, seated: Collection[int], *, at: datetime) -> Placing:
    """What speaks against one session for this person; `seated` are the patients (keys) expected there."""
    person, span = absentee.person, Span(session.starts_at, session.ends_at, session.title)
    patient = person.episode.patient
    running = [_span(seat.session) for seat in absentee.attending if seat.session.starts_at <= at]
    coming = [one.span for one in person.sessions if one.session != session.uid]
    verdicts = [
        _check_session(session, at=at),
        _check_expected(session, absentee),
        first_refusal(
            check_seats(session.title, taken=len(seated), capacity=session.capacity, on=session.local_day),
            _check_staff(session, absentee, taken=len(seated)),
        ),
        _check_time(person, span, [*running, *coming]),
        _check_time(person, span, person.commitments),
        check_kept_apart(
            [name for key, name in person.apart.items() if key in seated], may_know=person.may_know_who
        ),
        check_variant(session.group.variant if session.group else "", gender=patient.gender, sex=patient.sex),
    ]
    warnings = [_check_longest_day(session, absentee), _check_video(session, person)]
    return Placing(
        tuple(one for one in verdicts if isinstance(one, Refused)),
        tuple(one for one in warnings if isinstance(one, Refused)),
    )


def _open_episode(person: Patient) -> Episode:
    running = Episode.objects.select_related("patient", "site").filter(patient=person, ended_at__isnull=True)
    episode = running.first()
    if episode is None:
        raise Cannot("This person is not in the program now.")
    return episode


def _absentee(episode: Episode, monday: date, *, by: Actor, at: datetime) -> _Absentee:
    key, days = episode.patient_id, (monday, monday + WEEK)
    seats = seats_between([key], *days, organization=by.organization)
    standing = attendance_between([key], *days, organization=by.organization)
    came = {session: row for (session, _), row in standing.items()}
    held = [seat for seat in seats if seat.session.cancelled_at is None]
    return _Absentee(
        person=person_to_place(episode, first=monday, last=monday + WEEK - timedelta(days=1), by=by, at=at),
        expected_at={seat.session_id for seat in held},
        attending=[
            seat
            for seat in held
            if seat.session_id not in came or STATUSES[came[seat.session_id].status].minutes_count
        ],
        ratios=ratios_on(monday, organization=by.organization),
        leads=Counter(
            SessionStaff.objects.filter(
                session__site=episode.site, session__local_day__range=(monday, monday + WEEK)
            ).values_list("session", flat=True)
        ),
    )


def _choices(episode: Episode, monday: date, ledger: WeekLedger, *, by: Actor, at: datetime) -> list[MakeUp]:
    """The week's group sessions at the person's site that are left and that they are not expected at anyway."""
    absentee = _absentee(episode, monday, by=by, at=at)
    sessions = list(
        Session.objects.select_related("group", "room", "site")
        .filter(
            organization_id=by.organization,
            site=episode.site,
            group__isnull=False,
            session_type__in=COUNTING,
            local_day__range=(monday, monday + WEEK - timedelta(days=1)),
            ends_at__gt=at,
            cancelled_at__isnull=True,
        )
        .exclude(pk__in=absentee.expected_at)
        .order_by("starts_at", "pk")
    )
    seated: dict[int, set[int]] = defaultdict(set)
    seats = Appointment.objects.filter(session__in=sessions, released_at__isnull=True)
    for session, patient in seats.values_list("session", "patient"):
        seated[session].add(patient)
    led_by: dict[int, list[str]] = defaultdict(list)
    staff = SessionStaff.objects.select_related("practitioner").filter(session__in=sessions)
    for row in staff.order_by("pk"):
        led_by[row.session_id].append(f"{row.practitioner.given_name} {row.practitioner.family_name}")
    plan = absentee.person.plan
    prescribed = PrescriptionLine.objects.filter(version=plan).values_list("session_type", flat=True)
    planned = frozenset(prescribed) if plan else frozenset[str]()
    return [
        _choice(one, absentee, seated[one.pk], led_by=led_by[one.pk], planned=planned, ledger=ledger, at=at)
        for one in sessions
    ]


def _choice(
    session: Session,
    absentee: _Absentee,
    seated: Collection[int],
    *,
    led_by: Sequence[str],
    planned: Collection[str],
    ledger: WeekLedger,
    at: datetime,
) -> MakeUp:
    minutes = treatment_minutes(session)
    return MakeUp(
        session=session.uid,
        title=session.title,
        kind=session_type(session.session_type).title,
        is_prescribed=session.session_type in planned,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=place_of(session),
        led_by=tuple(led_by),
        minutes=minutes,
        taken=len(seated),
        capacity=session.capacity,
        comes_to=would_come_to(ledger, minutes=minutes),
        placing=weigh_make_up(session, absentee, seated, at=at),
    )


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


def _check_expected(session: Session, absentee: _Absentee) -> Verdict:
    if session.pk in absentee.expected_at:
        return Refused("This person is expected at this session already.")
    return Allowed()


def _check_staff(session: Session, absentee: _Absentee, *, taken: int) -> Verdict:
    most = absentee.ratios[session_type(session.session_type).ratio_setting]
    led_by = max(absentee.leads.get(session.pk, 0), 1)
    return check_ratio(session.title, patients=taken + 1, staff=led_by, most=most, on=session.local_day)


def _check_time(person: Person, wanted: Span, held: Sequence[Span]) -> Verdict:
    """One session lies at one time: the first thing in its way is said."""
    in_the_way = [span for span in held if overlap(wanted, span)][:1]
    return check_free(person.name, [wanted], in_the_way, zone=person.zone)


def _check_longest_day(session: Session, absentee: _Absentee) -> Verdict:
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
