"""Everyone who could lead a session instead, as they are in these days: gathered in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from throughcare.knowledge.clinic_calendar import week_of
from throughcare.knowledge.cover import Candidate, Cover, SessionToCover, who_could_cover
from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.verdict import Refused
from throughcare.knowledge.week_rules import (
    MEN,
    WOMEN,
    ShiftTimes,
    Span,
    check_within_shift,
    overlap,
    say_day,
)
from throughcare.pathway.actor import Actor
from throughcare.pathway.group.checks import practitioner_name
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.seat.ratios import ratios_on
from throughcare.pathway.week.canceling import what_of
from throughcare.records.people import Practitioner
from throughcare.records.sessions import Appointment, Session, SessionStaff
from throughcare.records.timetables import GroupFacilitator, Shift, Skill
from throughcare.records.week_rules import Absence, GroupHours, NeverWith

WEEK = timedelta(days=7)
MOST_HOURS = "timetable.most_group_hours"
VARIANT_GENDER = {"women": "woman", "men": "man"}
LANGUAGES = {"es": "Spanish"}


@dataclass
class Roll:
    """What is known of everyone who works here; `take` notes that someone takes one more session."""

    people: Sequence[Practitioner]
    ratios: Mapping[str, int]
    most_hours: float
    skills: Mapping[int, Collection[str]]
    shifts: Mapping[tuple[int, int], Sequence[ShiftTimes]]
    limits: Mapping[int, float]
    away: Mapping[int, Sequence[tuple[date, date]]]
    groups: Mapping[int, Collection[int]]
    apart: Mapping[int, frozenset[int]]
    seats: Mapping[int, Sequence[int]]
    leads: Mapping[int, Sequence[int]]
    busy: dict[int, list[tuple[int, Span]]] = field(default_factory=lambda: defaultdict(list))
    hours: dict[tuple[int, date], float] = field(default_factory=lambda: defaultdict(float))

    def take(self, who: int, session: Session, *, one_to_ones_too: bool = False) -> None:
        """Someone (key) leads one more session. Only groups count as hours, unless the work is to be spread."""
        self.busy[who].append((session.pk, Span(session.starts_at, session.ends_at, what_of(session))))
        if session.group_id is not None or one_to_ones_too:
            self.hours[who, week_of(session.local_day)] += hours_of(session)

    def give_back(self, who: int, session: Session, *, one_to_ones_too: bool = False) -> None:
        """Someone (key) does not lead it after all."""
        self.busy[who] = [(key, span) for key, span in self.busy[who] if key != session.pk]
        if session.group_id is not None or one_to_ones_too:
            self.hours[who, week_of(session.local_day)] -= hours_of(session)

    def covers(self, session: Session, *, besides: Collection[int]) -> tuple[Cover, ...]:
        """Everyone but `besides` (keys) with what stands against their taking it, those who could first."""
        candidates = [self._candidate(one, session) for one in self.people if one.pk not in besides]
        return who_could_cover(self.asks(session), candidates)

    def asks(self, session: Session) -> SessionToCover:
        """What a session asks of who leads it; of its leaders those stay who are not away that day."""
        kind = session_type(session.session_type)
        variant = session.group.variant if session.group else ""
        return SessionToCover(
            title=what_of(session),
            skill=kind.skill,
            hours=hours_of(session) if session.group_id else 0,
            patients=len(self.seats.get(session.pk, ())),
            ratio=self.ratios[kind.ratio_setting],
            staying=len(self.staying(session)),
            language=LANGUAGES.get(variant, ""),
            gender=VARIANT_GENDER.get(variant, ""),
            takes_prescriber=kind.code == "prescriber",
        )

    def staying(self, session: Session) -> list[int]:
        """Those (keys) who lead it and are not away that day."""
        return [who for who in self.leads.get(session.pk, ()) if not self._away_on(who, session.local_day)]

    def _candidate(self, one: Practitioner, session: Session) -> Candidate:
        name, span = practitioner_name(one), Span(session.starts_at, session.ends_at, what_of(session))
        worked = self.shifts.get((one.pk, session.site_id), ())
        shift = check_within_shift(name, [span], worked, zone=session.site.time_zone)
        other = next(
            (held for key, held in self.busy[one.pk] if key != session.pk and overlap(held, span)), None
        )
        until = self._away_on(one.pk, session.local_day)
        kept_from = self.apart.get(one.pk, frozenset[int]())
        return Candidate(
            uid=str(one.uid),
            name=name,
            skills=self.skills.get(one.pk, frozenset()),
            credential=one.credential,
            languages={LANGUAGES.get(str(code).lower()[:2], str(code)) for code in one.languages},
            gender=_gender(one.gender),
            hours=self.hours[one.pk, week_of(session.local_day)],
            most_hours=self.limits.get(one.pk, self.most_hours),
            has_supervisor=one.supervisor_id is not None,
            busy_with=f"“{other.title}”" if other else "",
            away_because=f"on leave until {say_day(until)}" if until else "",
            off_shift=shift.because.replace(" Choose another time, or change the shift.", "")
            if isinstance(shift, Refused)
            else "",
            knows_group=session.group_id is not None and one.pk in self.groups.get(session.group_id, ()),
            never_with_someone=not kept_from.isdisjoint(self.seats.get(session.pk, ())),
        )

    def _away_on(self, who: int, day: date) -> date | None:
        return next((last for first, last in self.away.get(who, ()) if first <= day <= last), None)


def hours_of(session: Session) -> float:
    """The hours of groups that a session is for who leads it."""
    return (session.ends_at - session.starts_at).total_seconds() / 3600


def _gender(said: str) -> str:
    word = said.strip().lower()
    return "woman" if word in WOMEN else "man" if word in MEN else word


def roll_for(sessions: Sequence[Session], who: Practitioner, days: tuple[date, date], *, by: Actor) -> Roll:
    """Everyone who works here, for the sessions of `who`, away from the first to the last of `days`."""
    first, last = week_of(days[0]), week_of(days[1]) + WEEK
    people = list(
        Practitioner.objects.filter(organization_id=by.organization, left_at__isnull=True).order_by("pk")
    )
    keys = [one.pk for one in people]
    own = numbers(MOST_HOURS, organization=by.organization, on=days[0])
    seats: dict[int, list[int]] = defaultdict(list)
    rows = Appointment.objects.filter(session__in=sessions, released_at__isnull=True)
    for session, patient in rows.values_list("session", "patient"):
        seats[session].append(patient)
    leads: dict[int, list[int]] = defaultdict(list)
    for session, one in SessionStaff.objects.filter(session__in=sessions).values_list(
        "session", "practitioner"
    ):
        leads[session].append(one)
    away = _absences(keys, first, last)
    away[who.pk].append(days)
    roll = Roll(
        people,
        ratios_on(days[0], organization=by.organization),
        float(own[MOST_HOURS]),
        _skills(keys),
        _shifts(keys),
        _limits(keys),
        away,
        _groups({one.group_id for one in sessions if one.group_id}),
        _apart(seats),
        seats,
        leads,
    )
    held = SessionStaff.objects.filter(
        practitioner__in=keys,
        session__local_day__range=(first, last),
        session__cancelled_at__isnull=True,
    ).select_related("session")
    for row in held:
        roll.take(row.practitioner_id, row.session)
    return roll


def _skills(keys: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for key, skill in Skill.objects.filter(practitioner__in=keys).values_list("practitioner", "skill"):
        found[key].add(skill)
    return found


def _shifts(keys: Sequence[int]) -> dict[tuple[int, int], list[ShiftTimes]]:
    found: dict[tuple[int, int], list[ShiftTimes]] = defaultdict(list)
    for row in Shift.objects.filter(practitioner__in=keys):
        times = ShiftTimes(row.weekday, row.starts, row.ends, row.from_date, row.until_date)
        found[row.practitioner_id, row.site_id].append(times)
    return found


def _limits(keys: Sequence[int]) -> dict[int, float]:
    rows = GroupHours.objects.filter(practitioner__in=keys).order_by("recorded_at", "pk")
    return {row.practitioner_id: float(row.most) for row in rows}


def _absences(keys: Sequence[int], first: date, last: date) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    rows = Absence.objects.filter(
        practitioner__in=keys, ended_at__isnull=True, first_day__lte=last, last_day__gte=first
    )
    for row in rows.order_by("pk"):
        found[row.practitioner_id].append((row.first_day, row.last_day))
    return found


def _groups(groups: Collection[int]) -> dict[int, set[int]]:
    """Who has led each group (key), as its facilitator."""
    found: dict[int, set[int]] = defaultdict(set)
    for group, one in GroupFacilitator.objects.filter(group__in=groups).values_list("group", "practitioner"):
        found[group].add(one)
    return found


def _apart(seats: Mapping[int, Collection[int]]) -> dict[int, frozenset[int]]:
    expected = {patient for several in seats.values() for patient in several}
    found: dict[int, set[int]] = defaultdict(set)
    rows = NeverWith.objects.filter(patient__in=expected, ended_at__isnull=True)
    for practitioner, patient in rows.values_list("practitioner", "patient"):
        found[practitioner].add(patient)
    return {key: frozenset(several) for key, several in found.items()}
