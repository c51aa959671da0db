"""Placing a person in a group: everything that speaks against it, in sentences, before anything is written."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.knowledge.verdict import Allowed, Refused, Verdict, first_refusal
from throughcare.knowledge.week_rules import (
    Span,
    check_contiguous,
    check_free,
    check_kept_apart,
    check_kept_from_staff,
    check_ratio,
    check_room_holds,
    check_seats,
    check_takes_newcomers,
    check_variant,
)
from throughcare.pathway.actor import Actor
from throughcare.pathway.clinic.group_places import Place, Places
from throughcare.pathway.prepared import prepared
from throughcare.pathway.seat.held_places import held_places
from throughcare.pathway.seat.held_time import DAYS_AHEAD, Meeting, group_meetings
from throughcare.pathway.seat.person_to_place import Person, person_to_place
from throughcare.pathway.seat.plan_fit import check_against_plan
from throughcare.pathway.seat.ratios import ratios_on
from throughcare.pathway.seat.weekly_times import in_force
from throughcare.records.among import Keys
from throughcare.records.episodes import Episode
from throughcare.records.sessions import Appointment
from throughcare.records.timetables import Group, GroupFacilitator, Membership
from throughcare.records.week_rules import GroupClosing


@dataclass(frozen=True)
class Placing:
    """What speaks against a place in a group: refusals stop it, warnings are for a person to weigh.

    `full` is among the refusals: there is no seat, or nobody to lead one more.
    """

    refusals: tuple[Refused, ...] = ()
    warnings: tuple[Refused, ...] = ()
    full: tuple[Refused, ...] = ()

    @property
    def is_only_full(self) -> bool:
        """Whether nothing but the seats is in the way: then one may wait in line."""
        return bool(self.full) and self.refusals == self.full

    @property
    def verdict(self) -> Verdict:
        """All the refusals as one; warnings do not refuse."""
        if not self.refusals:
            return Allowed()
        return Refused(" ".join(one.because for one in self.refusals), self.refusals[0].cite)


@dataclass(frozen=True)
class Company:
    """Who is in a group, who leads it, when it meets, and how many places are held for others who step here."""

    group: Group
    meetings: Sequence[Meeting]
    members: Sequence[Membership]
    guests: frozenset[int]
    leaders: frozenset[int]
    places: Sequence[Place]
    patients_per_leader: int
    is_closed: bool = False
    held: int = 0

    @property
    def leads(self) -> int:
        """How many lead it."""
        return len(self.leaders)


def weigh_places(
    groups: Sequence[Group], episode: Episode, *, from_date: date, by: Actor, at: datetime
) -> dict[int, Placing]:
    """What speaks against each group (key) for this person, from a day on. The queries don't grow with the groups."""
    first = max(from_date, local_day(at, episode.site.time_zone))
    last = first + timedelta(days=DAYS_AHEAD - 1)
    person = person_to_place(episode, first=first, last=last, by=by, at=at)
    meetings: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in group_meetings(groups, first=first, last=last, at=at):
        meetings[meeting.group.pk].append(meeting)
    members: dict[int, list[Membership]] = defaultdict(list)
    keys = Keys(group.pk for group in groups)
    for stint in _stints(keys, first, last):
        members[stint.group_id].append(stint)
    leaders: dict[int, set[int]] = defaultdict(set)
    for key, practitioner in _leads(keys, first, last):
        leaders[key].add(practitioner)
    closed = closed_groups(keys)
    guests, places, held = _guests(groups, person, at=at), Places(groups), held_places(keys, on=first)
    ratios = ratios_on(first, organization=by.organization)
    return {
        group.pk: weigh(
            Company(
                group,
                meetings[group.pk],
                members[group.pk],
                frozenset(guests[group.pk]),
                frozenset(leaders[group.pk]),
                places.between(group, first, last),
                ratios[session_type(group.session_type).ratio_setting],
                group.pk in closed,
                len(held.get(group.pk, frozenset()) - {episode.pk}),
            ),
            person,
        )
        for group in groups
    }


@prepared
def _stints(groups: Keys, first: date, last: date) -> QuerySet[Membership]:
    rows = Membership.objects.filter(in_force(first, last), group__among=groups)
    return rows.select_related("episode")


@prepared
def _leads(groups: Keys, first: date, last: date) -> QuerySet[GroupFacilitator, tuple[int, int]]:
    rows = GroupFacilitator.objects.filter(in_force(first, last), group__among=groups)
    return rows.values_list("group_id", "practitioner_id")


def closed_groups(groups: Collection[int]) -> frozenset[int]:
    """Those of the groups (keys) that take nobody new."""
    return frozenset(_closed(Keys(groups)))


@prepared
def _closed(groups: Keys) -> QuerySet[GroupClosing, int]:
    rows = GroupClosing.objects.filter(group__among=groups, ended_at__isnull=True)
    return rows.values_list("group", flat=True)


def _guests(groups: Sequence[Group], person: Person, *, at: datetime) -> dict[int, set[int]]:
    """Those of the people kept apart who have a single seat in a group's sessions to come."""
    found: dict[int, set[int]] = defaultdict(set)
    if person.apart:
        seats = Appointment.objects.filter(
            patient__in=person.apart,
            session__group__in=groups,
            session__starts_at__gt=at,
            released_at__isnull=True,
        )
        for group, patient in seats.values_list("session__group_id", "patient_id").distinct():
            found[group].add(patient)
    return found


def weigh(company: Company, person: Person) -> Placing:
    """Every rule's answer for one group and one person: the refusals and the warnings among them."""
    group = company.group  # too few seats say enough: ratio and room are asked about a group with seats
    full = first_refusal(_check_seats(company, person), _check_ratio(company, person), _check_rooms(company))
    leaders = [name for key, name in person.never_with.items() if key in company.leaders]
    refusals = [
        _check_open(company, person),
        check_takes_newcomers(group.name, is_closed=company.is_closed),
        full,
        check_free(
            person.name,
            _spans(company, person),
            [one.span for one in person.sessions if one.group != group.pk],
            zone=person.zone,
        ),
        check_free(person.name, _spans(company, person), person.commitments, zone=person.zone),
        check_kept_apart(_met(company, person), may_know=person.may_know_who),
        check_kept_from_staff(leaders, may_know=person.may_know_who),
        check_variant(group.variant, gender=person.episode.patient.gender, sex=person.episode.patient.sex),
    ]
    warnings = [*_check_plan(company, person), *_check_fit(company, person)]
    return Placing(refused(refusals), refused(warnings), refused([full]))


def refused(verdicts: Sequence[Verdict]) -> tuple[Refused, ...]:
    """The refusals among verdicts."""
    return tuple(verdict for verdict in verdicts if isinstance(verdict, Refused))


def _spans(company: Company, person: Person) -> list[Span]:
    return [meeting.span for meeting in company.meetings]


def _check_open(company: Company, person: Person) -> Verdict:
    group = company.group
    if group.ended_date is not None and group.ended_date < person.first:
        return Refused(f"{group.name} has closed. Choose another group.")
    if person.episode.ended_at is not None:
        return Refused(f"{person.name} has left the program. A new admission comes first.")
    if any(member.episode_id == person.episode.pk for member in company.members):
        return Refused(f"{person.name} is in {group.name} already.")
    return Allowed()


def _check_seats(company: Company, person: Person) -> Verdict:
    group = company.group
    kept = sum(member.until_date is None for member in company.members) + company.held
    if not (verdict := check_seats(group.name, taken=kept, capacity=group.capacity)):
        return verdict
    own = {one.session for one in person.sessions if one.session}
    for meeting in company.meetings:
        if meeting.session in own and meeting.session:
            continue
        taken = meeting.taken if meeting.session else sum(covers(one, meeting.day) for one in company.members)
        full = taken + company.held
        verdict = check_seats(group.name, taken=full, capacity=meeting.capacity, on=meeting.day)
        if not verdict:
            return verdict
    return Allowed()


def covers(stint: Membership, day: date) -> bool:
    """Whether a stint in a group holds on this day."""
    return stint.from_date <= day and (stint.until_date is None or day <= stint.until_date)


def _met(company: Company, person: Person) -> list[str]:
    there = {member.episode.patient_id for member in company.members} | company.guests
    return [name for key, name in person.apart.items() if key in there]


def _check_rooms(company: Company) -> Verdict:
    """Whether every room that the group is held in takes one more."""
    seats = sum(member.until_date is None for member in company.members) + 1
    rooms = [place.room for place in company.places if place.room is not None]
    return first_refusal(
        *(
            check_room_holds(room.name, holds=room.capacity, seats=seats, staff=max(company.leads, 1))
            for room in rooms
        )
    )


def _check_ratio(company: Company, person: Person) -> Verdict:
    """Whether those who lead the group are enough for one more, at its fullest meeting."""
    if not company.leads:
        # A warning of its own says that nobody leads it.
        return Allowed()
    own = {one.session for one in person.sessions if one.session}
    staying = sum(member.until_date is None for member in company.members)
    fullest = max((one.taken for one in company.meetings if one.session not in own), default=0)
    return check_ratio(
        company.group.name,
        patients=max(staying, fullest) + 1,
        staff=company.leads,
        most=company.patients_per_leader,
    )


def _check_plan(company: Company, person: Person) -> list[Verdict]:
    """The busiest week and day that would follow, against the plan in force."""
    if person.plan is None or not _counts(company.group.session_type):
        return []
    own = {one.session for one in person.sessions if one.session}
    held = [(one.day, one.minutes) for one in person.sessions if _counts(one.session_type)]
    new = [(one.day, one.minutes) for one in company.meetings if not one.session or one.session not in own]
    return check_against_plan(person.plan, held=held, new=new)


def _counts(kind: str) -> bool:
    return session_type(kind).counts_as_clinical_hours


def _check_fit(company: Company, person: Person) -> list[Verdict]:
    group = company.group
    days = {one.day for one in company.meetings}
    beside = [one.span for one in person.sessions if one.day in days and one.group != group.pk]
    found = [
        check_contiguous([*beside, *_spans(company, person)], most_gap=person.longest_gap, zone=person.zone)
    ]
    track = person.episode.track
    if track and track in TRACKS and group.track != track and not TRACKS[group.track].remote:
        found.append(
            Refused(
                f"{person.name} is on the {TRACKS[track].title.lower()} track; this group is on the "
                f"{TRACKS[group.track].title.lower()} track."
            )
        )
    by_video = TRACKS[group.track].remote or any(place.telehealth_url for place in company.places)
    if by_video and person.has_video is False:
        found.append(Refused(f"{person.name} said they have no device or internet for video."))
    language = person.episode.patient.language
    if group.variant == "es" and language and not language.lower().startswith(("es", "spa")):
        found.append(Refused(f"This group is held in Spanish; {person.name}'s language is another."))
    if not company.leads:
        found.append(Refused(f"Nobody leads {group.name} yet."))
    return found
