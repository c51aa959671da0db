"""What someone close to a patient is shown: the kinds consented to at this moment, and nothing beside them.

Of a patient who consented to nothing there is no page: the answer is the same as for a patient who never was. No
line names a group, another person, or how many there are.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART, MAY_LEAVE
from throughcare.knowledge.privacy.weighing import Request
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.care_plan.plans_in_force import plan_in_force
from throughcare.pathway.episode.episodes import stay_of
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.consents_kept import weigh_packet_now
from throughcare.pathway.privacy.telling import Item
from throughcare.pathway.release.family_viewing import show_to_family
from throughcare.pathway.session.hours import attendance_between, seats_between, zone_of
from throughcare.records.care_plans import Goal
from throughcare.records.consents import FamilyAccount
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient

WEEKS_BACK, DAYS_AHEAD = 4, 14
CAME, MISSED, EXCUSED = "Came", "Did not come", "Excused"
ASKED_FOR = MAY_LEAVE - APART


@dataclass(frozen=True)
class Relation:
    """A patient who lets this account see something."""

    patient: UUID
    name: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """One kind as it is shown: days or sentences; `on_request` when the team tells it by word of mouth."""

    kind: str
    title: str
    lines: tuple[tuple[str, str], ...] = ()
    on_request: bool = False


@dataclass(frozen=True)
class FamilyPage:
    """One patient as this relation may know them now."""

    name: str
    sections: tuple[Shown, ...]


@dataclass(frozen=True)
class _Whose:
    """The patient, at which moment, on whose clock."""

    patient: Patient
    episode: Episode | None
    zone: str
    today: date
    at: datetime


def my_relations(*, by: Actor, at: datetime) -> tuple[Relation, ...]:
    """Everyone who lets this account see something at this moment; each is written in the book of accesses."""
    lines = []
    for account in _accounts(by=by, at=at):
        patient = account.related_person.patient
        kinds = _consented(account, at=at)
        for kind in kinds[:1]:
            open_patient(patient.uid, kind=kind, by=by, at=at)
            lines.append(Relation(patient.uid, patient.called, tuple(KINDS[one].words for one in kinds)))
    return tuple(sorted(lines, key=lambda line: line.name))


def _accounts(*, by: Actor, at: datetime) -> list[FamilyAccount]:
    rows = FamilyAccount.objects.select_related("related_person__patient").filter(
        organization_id=by.organization,
        account=by.account,
        ended_at=None,
        related_person__ended_at=None,
    )
    return [row for row in rows.order_by("pk") if row.counts_from is None or row.counts_from <= at]


def _consented(account: FamilyAccount, *, at: datetime) -> list[str]:
    person = account.related_person
    request = Request(str(person.uid), "family", "family_involvement", "identity", at)
    packet = weigh_packet_now(person.patient_id, request, ASKED_FOR)
    return [kind for kind in KINDS if packet.items.get(kind)]


def family_page(patient: UUID, *, by: Actor, at: datetime) -> FamilyPage:
    """What this account may see of a patient now. Raises `Absent` for an unknown patient and for one who consented to
    nothing alike; the attempt is in the patient's list of accesses."""
    for account in _accounts(by=by, at=at):
        if account.related_person.patient.uid == patient:
            kinds = _consented(account, at=at)
            if kinds:
                return _page(account, kinds, by=by, at=at)
    open_patient(patient, kind="attendance", by=by, at=at)  # writes the attempt, then says `Absent`
    raise Absent("patient")


def _page(account: FamilyAccount, kinds: list[str], *, by: Actor, at: datetime) -> FamilyPage:
    for kind in kinds:
        found = open_patient(account.related_person.patient.uid, kind=kind, by=by, at=at)
    zone = zone_of(found)
    episode = Episode.objects.filter(patient=found).order_by("-admitted_at").first()
    whose = _Whose(found, episode, zone, local_day(at, zone), at)
    page = FamilyPage(found.called, tuple(_section(kind, whose) for kind in kinds))
    _write_in_the_book(account, page, by=by, at=at)
    return page


def _write_in_the_book(account: FamilyAccount, page: FamilyPage, *, by: Actor, at: datetime) -> None:
    """The viewing is a disclosure: weighed once more behind the patient's lock, and written before it is shown."""
    person = account.related_person
    items = tuple(
        Item(
            one.kind,
            one.title,
            lines=("To be told when they ask",)
            if one.on_request
            else tuple(" ".join(line) for line in one.lines),
        )
        for one in page.sections
    )
    try:
        show_to_family(person.patient.uid, person.uid, person.name, items, by=by, at=at)
    except Cannot as taken_back:
        raise Absent("patient") from taken_back


def _section(kind: str, whose: _Whose) -> Shown:
    shows = _SECTIONS.get(kind)
    if shows is None:
        return Shown(kind, KINDS[kind].words.capitalize(), on_request=True)
    return Shown(kind, KINDS[kind].words.capitalize(), shows(whose))


def _attendance(whose: _Whose) -> tuple[tuple[str, str], ...]:
    """The days of the last weeks on which they were expected, newest first, each with one word."""
    first = whose.today - timedelta(weeks=WEEKS_BACK)
    organization = whose.patient.organization_id
    end = whose.today + timedelta(days=1)
    rows = attendance_between([whose.patient.pk], first, end, organization=organization).values()
    days: dict[date, list[str]] = defaultdict(list)
    for row in rows:
        if row.status != "cancelled_by_program":
            days[row.local_day].append(row.status)
    return tuple((_day(day), _word(days[day])) for day in sorted(days, reverse=True))


def _word(statuses: list[str]) -> str:
    came = [STATUSES[status].minutes_count for status in statuses]
    if all(came):
        return CAME
    if any(came):
        return "Came for part of the day"
    return EXCUSED if all(status == "excused" for status in statuses) else MISSED


def _schedule(whose: _Whose) -> tuple[tuple[str, str], ...]:
    """When they are expected in the next two weeks: the day with its first and last hour."""
    last = whose.today + timedelta(days=DAYS_AHEAD)
    seats = seats_between([whose.patient.pk], whose.today, last, organization=whose.patient.organization_id)
    zone = ZoneInfo(whose.zone)
    days: dict[date, list[datetime]] = defaultdict(list)
    for seat in seats:
        if seat.session.cancelled_at is None:
            days[seat.local_day] += [seat.session.starts_at, seat.session.ends_at]
    return tuple(
        (_day(day), f"{_clock(min(days[day]), zone)} to {_clock(max(days[day]), zone)}")
        for day in sorted(days)
    )


def _goals(whose: _Whose) -> tuple[tuple[str, str], ...]:
    """What they want from the program, in their own words, as the plan in force says it."""
    plan = plan_in_force(whose.episode.pk, on=whose.today) if whose.episode else None
    goals = (
        Goal.objects.filter(problem__version=plan).order_by("problem__order", "order", "pk") if plan else ()
    )
    return tuple(("Goal", goal.own_words) for goal in goals)


def _stay(whose: _Whose) -> tuple[tuple[str, str], ...]:
    episode = whose.episode
    if episode is None:
        return ()
    stay = stay_of(episode)
    lines = [("In the program since", _day(local_day(episode.admitted_at, whose.zone)))]
    if stay and episode.ended_at is None:
        lines.append(("Level of care", LEVELS[stay.level].title))
    if episode.ended_at is not None:
        lines.append(("Left on", _day(local_day(episode.ended_at, whose.zone))))
    return tuple(lines)


def _identity(whose: _Whose) -> tuple[tuple[str, str], ...]:
    return (("Name", whose.patient.called),)


_SECTIONS: dict[str, Callable[[_Whose], tuple[tuple[str, str], ...]]] = {
    "attendance": _attendance,
    "schedule": _schedule,
    "care_plan": _goals,
    "episode": _stay,
    "identity": _identity,
}


def _day(day: date) -> str:
    return f"{day:%A, %B} {day.day}, {day.year}"


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.hour % 12 or 12}:{local:%M} {'AM' if local.hour < 12 else 'PM'}"
