"""What speaks against a one-to-one, family or prescriber session, and its rows once nothing does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from throughcare.knowledge.clinic_calendar import at_local
from throughcare.knowledge.credentials import ALL as CREDENTIALS
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.verdict import Allowed, Refused, Verdict, first_refusal
from throughcare.knowledge.week_rules import (
    Span,
    check_free,
    check_kept_apart,
    check_ratio,
    check_room_holds,
    check_seats,
    check_within_shift,
    say_day,
)
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.clinic.founding import find_site
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.group.checks import check_at_work, practitioner_name
from throughcare.pathway.group.group import find_practitioner, find_room
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.seat.held_time import (
    commitments_time,
    patients_time,
    rooms_time,
    shifts_of,
    staff_time,
)
from throughcare.pathway.seat.ratios import ratios_on
from throughcare.pathway.seat.weekly_times import holidays
from throughcare.records.organizations import Site
from throughcare.records.people import Patient, Practitioner, RelatedPerson
from throughcare.records.sessions import Session
from throughcare.records.timetables import KeptApart, Room


@dataclass(frozen=True)
class NewSession:
    """What is asked of a session that is booked; `starts_at` without a zone is the site's wall-clock time.

    `beside` lead it with the practitioner; `guests` are people of the patients' own lives who come with them.
    """

    kind: str
    site: UUID
    practitioner: UUID | None
    patients: tuple[UUID, ...]
    starts_at: datetime
    minutes: int
    room: UUID | None = None
    title: str = ""
    telehealth_url: str = ""
    break_minutes: int = 0
    way: str = ""
    beside: tuple[UUID, ...] = ()
    guests: tuple[UUID, ...] = ()

    @property
    def staff(self) -> tuple[UUID, ...]:
        """Everyone who leads it."""
        return tuple(dict.fromkeys((self.practitioner, *self.beside) if self.practitioner else self.beside))


def open_patients(patients: Sequence[UUID], *, by: Actor, at: datetime) -> list[Patient]:
    """The patients whose schedule `by` may change, each written in the book of accesses."""
    return [
        open_patient(one, kind="schedule", by=by, at=at, verb="change") for one in dict.fromkeys(patients)
    ]


def lock_parties(patients: Sequence[Patient], *, staff: Sequence[UUID], room: UUID | None, by: Actor) -> None:
    """Hold the people and the room until the transaction ends, so that two bookings at once see each other."""
    list(
        Patient.objects.select_for_update(no_key=True)
        .filter(pk__in=[one.pk for one in patients])
        .order_by("pk")
    )
    if staff:
        held = Practitioner.objects.select_for_update().filter(organization_id=by.organization, uid__in=staff)
        list(held.order_by("pk"))
    if room:
        list(Room.objects.select_for_update().filter(organization_id=by.organization, uid=room))


def naive_local(new: NewSession, *, by: Actor) -> datetime:
    """The start as the site's clocks show it."""
    if new.starts_at.tzinfo is None:
        return new.starts_at
    zone = find_site(new.site, by=by).time_zone
    return new.starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def holiday_free_days(new: NewSession, *, weeks: int, every: int = 1, by: Actor) -> list[date]:
    """The days of a series in so many weeks, every so many, without holidays. Raises `Cannot` when none is left."""
    site = find_site(new.site, by=by)
    first = naive_local(new, by=by).date()
    days = [first + timedelta(weeks=n) for n in range(0, weeks, max(1, every))]
    closed = holidays(by.organization, first=first, last=days[-1])[site.pk]
    left = [day for day in days if day not in closed]
    if not left:
        raise Cannot(f"{site.name} is closed on {say_day(first)}. Choose another day.", field="day")
    return left


@dataclass(frozen=True)
class _Ask:
    new: NewSession
    site: Site
    spans: Sequence[Span]
    first: date
    last: date
    by: Actor
    at: datetime
    besides: Session | None


def weigh_booking(
    new: NewSession,
    days: Sequence[date],
    patients: Sequence[Patient],
    *,
    by: Actor,
    at: datetime,
    besides: Session | None = None,
    joins: Session | None = None,
) -> list[Refused]:
    """Everything that speaks against a session on these days: time, patients, staff, room, who must not meet.

    `besides` is a session that gives way; `joins` one that is held anyway, where only the patients are new.
    """
    site = find_site(new.site, by=by)
    spans = [Span(joins.starts_at, joins.ends_at, joins.title)] if joins else spans_on(new, days, site, by=by)
    ask = _Ask(new, site, spans, min(days), max(days), by, at, besides)
    verdicts = [*_check_patients(ask, patients), _check_apart(patients, joins, by=by)]
    if len(find_guests(new, patients)) < len(set(new.guests)):
        verdicts.append(Refused("Choose guests from the people in these patients' own lives."))
    if joins is not None:
        verdicts.append(_check_joining(joins, newcomers=len(patients)))
    else:
        verdicts += [_check_words(ask), *_check_staff(ask), _check_enough_staff(ask), _check_room(ask)]
    return [one for one in verdicts if isinstance(one, Refused)]


def find_guests(new: NewSession, patients: Sequence[Patient]) -> list[RelatedPerson]:
    """Those of the guests who are known as people in these patients' lives."""
    if not new.guests:
        return []
    known = RelatedPerson.objects.filter(patient__in=patients, ended_at__isnull=True, uid__in=new.guests)
    return list(known.order_by("pk"))


def _check_patients(ask: _Ask, patients: Sequence[Patient]) -> list[Verdict]:
    zone, keys = ask.site.time_zone, [one.pk for one in patients]
    commitments = commitments_time(keys, first=ask.first, last=ask.last, zone=zone)
    held = patients_time(keys, first=ask.first, last=ask.last, at=ask.at)
    verdicts = []
    for patient in patients:
        name = display_name(patient)
        taken = [one.span for one in held if one.owner == patient.pk and not _is(one.session, ask.besides)]
        own = [span for _, span in commitments[patient.pk]]
        verdicts += [check_free(name, ask.spans, spans, zone=zone) for spans in (taken, own)]
    return verdicts


def _is(session: UUID | None, other: Session | None) -> bool:
    return other is not None and session == other.uid


def spans_on(new: NewSession, days: Sequence[date], site: Site, *, by: Actor) -> list[Span]:
    """The time that a session takes on each of these days."""
    clock = naive_local(new, by=by).time()
    title = new.title or (SESSION_TYPES[new.kind].title if new.kind in SESSION_TYPES else "the session")
    length = timedelta(minutes=new.minutes)
    starts = [at_local(day, clock, site.time_zone) for day in days]
    return [Span(one, one + length, title) for one in starts]


def _check_words(ask: _Ask) -> Verdict:
    new = ask.new
    if new.kind not in SESSION_TYPES:
        return Refused(f"“{new.kind}” is not a kind of session. Choose one of: {', '.join(SESSION_TYPES)}.")
    if not new.patients:
        return Refused("Choose whom the session is for.")
    if not 5 <= new.minutes <= 480:
        return Refused("A session lasts 5 minutes to 8 hours.")
    if ask.spans[0].starts_at <= ask.at and not ask.by.holds("program"):
        return Refused("Choose a time that is still to come.")
    return Allowed()


def _check_joining(session: Session, *, newcomers: int) -> Verdict:
    """Whether the session has seats, and staff enough, for those who come to it."""
    taken = session.appointments.filter(released_at__isnull=True).count()
    most = ratios_on(session.local_day, organization=session.organization_id)
    return first_refusal(
        check_seats(session.title, taken=taken, capacity=session.capacity, on=session.local_day),
        check_ratio(
            session.title,
            patients=taken + newcomers,
            staff=session.staff.count(),
            most=most[SESSION_TYPES[session.session_type].ratio_setting],
            on=session.local_day,
        ),
    )


def _check_apart(patients: Sequence[Patient], joins: Session | None, *, by: Actor) -> Verdict:
    keys = {one.pk for one in patients}
    there = set(keys)
    if joins is not None:
        seats = joins.appointments.filter(released_at__isnull=True)
        there |= set(seats.values_list("patient_id", flat=True))
    if len(there) < 2:
        return Allowed()
    kept = KeptApart.objects.filter(ended_at__isnull=True, one__in=there, other__in=there)
    pairs = kept.filter(Q(one__in=keys) | Q(other__in=keys)).select_related("one", "other")
    names = [display_name(row.other if row.one_id in keys else row.one) for row in pairs]
    return check_kept_apart(names, may_know=bool(may_access("kept_apart", by=by)))


def _check_staff(ask: _Ask) -> list[Verdict]:
    if not ask.new.staff:
        return [Refused("Choose who leads the session.")]
    staff = [find_practitioner(one, by=ask.by) for one in ask.new.staff]
    verdicts = [verdict for one in staff for verdict in _check_leader(ask, one)]
    if ask.new.kind == "prescriber" and not any(_may_prescribe(one) for one in staff):
        who = f"{practitioner_name(staff[0])} ({staff[0].credential})"
        verdicts.append(Refused(f"{who} is not a prescriber. Choose someone who is."))
    return verdicts


def _may_prescribe(who: Practitioner) -> bool:
    known = CREDENTIALS.get(who.credential)
    return known is not None and known.may_prescribe


def _check_enough_staff(ask: _Ask) -> Verdict:
    """Whether those who lead are enough for so many patients."""
    kind = SESSION_TYPES.get(ask.new.kind)
    if kind is None or not ask.new.staff:
        return Allowed()
    most = ratios_on(ask.first, organization=ask.by.organization)[kind.ratio_setting]
    return check_ratio(
        ask.new.title or kind.title, patients=len(ask.new.patients), staff=len(ask.new.staff), most=most
    )


def _check_leader(ask: _Ask, who: Practitioner) -> list[Verdict]:
    name, zone = practitioner_name(who), ask.site.time_zone
    held = staff_time([who.pk], first=ask.first, last=ask.last, at=ask.at)
    return [
        # A series may lie over days of leave: cover is found for those.
        check_at_work(who, ask.first) if ask.first == ask.last else Allowed(),
        check_within_shift(name, ask.spans, shifts_of([who.pk], site=ask.site.pk)[who.pk], zone=zone),
        check_free(
            name,
            ask.spans,
            [one.span for one in held if not _is(one.session, ask.besides)],
            zone=zone,
            verb="leads",
            advice="Choose another time, or someone else.",
        ),
    ]


def _check_room(ask: _Ask) -> Verdict:
    if ask.new.room is None:
        return Allowed()
    room = find_room(ask.new.room, site=ask.site.pk, by=ask.by)
    seats = len(ask.new.patients) + len(ask.new.guests)
    holds = check_room_holds(room.name, holds=room.capacity, seats=seats, staff=max(len(ask.new.staff), 1))
    if not holds:
        return holds
    held = rooms_time([room.pk], first=ask.first, last=ask.last, at=ask.at)
    return check_free(
        room.name,
        ask.spans,
        [one.span for one in held if not _is(one.session, ask.besides)],
        zone=ask.site.time_zone,
        verb="is taken by",
        advice="Choose another time or room.",
    )
