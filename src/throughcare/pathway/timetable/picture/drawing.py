"""Rows of a week put together: people, staff and meetings on one grid, and the week as it stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.tracks import VARIANTS
from throughcare.knowledge.week_rules import Span
from throughcare.pathway.clinic.clinic import ROOM_KINDS
from throughcare.pathway.group.checks import practitioner_name
from throughcare.pathway.timetable.picture.forms import EVERYONE, Forms, name_forms, variant_of
from throughcare.pathway.timetable.picture.gathered import (
    AboutGroups,
    AboutStaff,
    Booked,
    Week,
    booked_in,
    groups_of,
    people_of,
    staff_of,
)
from throughcare.pathway.timetable.picture.grid import DAYS, PARTS, Grid, grid_for
from throughcare.pathway.timetable.picture.other_weeks import Beside, visits_beside
from throughcare.pathway.timetable.picture.people_in_week import Drawn, Known, draw_person
from throughcare.pathway.timetable.picture.slots_in_week import (
    Held,
    Slots,
    held_meetings,
    make_slots,
    offer_form,
    seats_of,
)
from throughcare.pathway.timetable.picture.sorting import Someone, Sorter
from throughcare.pathway.timetable.picture.staff_in_week import leading_skills, staff_in
from throughcare.timetable.problem import Plan, Problem, SlotKey, Variant, Weights

VARIANTS_LED = {
    EVERYONE: Variant(EVERYONE),
    "women": Variant("women", leader_gender="F"),
    "men": Variant("men"),
    "es": Variant("es", leader_language="es"),
}


@dataclass(frozen=True)
class Drawing:
    """The problem with the week as it stands, and what the slots and one-to-ones stand for."""

    problem: Problem
    grid: Grid
    now: Plan
    slots: Slots
    drawn: Sequence[Drawn]
    about_staff: AboutStaff
    uneven: tuple[str, ...]

    def visits(self) -> dict[tuple[str, str], UUID]:
        """The session in the book behind each one-to-one that is held."""
        return {(one.person.id, kind): row.uid for one in self.drawn for kind, row in one.visits.items()}

    def staff(self) -> dict[str, UUID]:
        """The practitioner behind each id."""
        return {str(who.uid): who.uid for who in self.about_staff.rows}

    def said(self) -> dict[str, tuple[str, ...]]:
        """What is to be said of people, by id."""
        return {one.person.id: one.said for one in self.drawn if one.said}


def draw(week: Week, people: Sequence[Someone]) -> Drawing:
    """The whole week of a site with these people, in queries that don't grow with them."""
    patients = [one.patient for one in people]
    about, staff = groups_of(week), staff_of(week)
    facts = people_of(week, patients, [one.episode for one in people if one.episode is not None])
    booked = booked_in(week, [one.pk for one in patients], [one.pk for one in staff.rows])
    grid = grid_for(week.monday, week.site.time_zone, week.own, _spans(week, about, booked))
    held = held_meetings(about, grid)
    offered = [offer_form(offer, grid) for offer in about.offers]
    forms = name_forms([*(one.form for one in held), *offered], leading_skills(staff))
    ids = {one.patient.pk: one.id for one in people}
    slots = make_slots(week, grid, about, held, forms, booked=booked, known=ids)
    beside = visits_beside(week, {one.patient.pk: one.prescription for one in people}, booked)
    known = Sorter(week, held, booked, staff, facts, beside).know_all(people)
    workers = {who.pk: str(who.uid) for who in staff.rows}
    leads = {key: workers[who[0]] for key, who in booked.staff.items() if who[0] in workers}
    drawn = [draw_person(one, week, grid, forms, staff=workers, leads=leads) for one in known]
    problem = Problem(
        site=str(week.site.uid),
        days=DAYS,
        ticks=grid.ticks,
        minutes_per_tick=grid.minutes_per_tick,
        first_minute=grid.first_minute,
        blocks=grid.blocks,
        kinds=forms.kinds(),
        variants=VARIANTS_LED,
        slots=slots.slots,
        staff=staff_in(week, grid, staff, forms, _taken(held, known, booked, beside)),
        rooms=seats_of(about, held, forms),
        people={one.person.id: one.person for one in drawn},
        apart=frozenset((ids[one], ids[other]) for one, other in facts.apart),
        never_with=frozenset((ids[one], workers[who]) for one, who in facts.never if who in workers),
        weights=_weights(week),
        billable_ticks=grid.length(int(week.own["min_minutes_program_day"])),
        waiting_ticks=int(week.own["day.longest_gap"]) // grid.minutes_per_tick,
        names=_names(staff, forms),
    )
    now = _as_it_stands(grid, slots, known, drawn, workers)
    return Drawing(problem, grid, now, slots, drawn, staff, tuple(_uneven(grid, held)))


def _spans(week: Week, about: AboutGroups, booked: Booked) -> list[Span]:
    here = [row for row in booked.sessions.values() if row.site_id == week.site.pk]
    return [*(one.span for one in about.meetings), *(Span(row.starts_at, row.ends_at) for row in here)]


def _weights(week: Week) -> Weights:
    own = {key.removeprefix("timetable.cost."): float(value) for key, value in week.own.items()}
    return Weights(
        unmet=own["unmet_hour"],
        below=own["below_least"],
        short=own["short_day"],
        open=own["open_hour"],
        size=own["odd_seat"],
        fair=own["above_meant"],
        change=own["change"],
        leader_change=own["other_leader"],
    )


def _names(staff: AboutStaff, forms: Forms) -> dict[str, str]:
    people = {str(who.uid): practitioner_name(who) for who in staff.rows}
    visits = {code: session_type(code).title for code in ("individual", "family", "prescriber")}
    parts = {part: words[0].lower() for part, words in PARTS.items()}
    variants = {variant_of(code): title.lower() for code, title in VARIANTS.items()}
    rooms = {f"room {kind}": words.lower() for kind, words in ROOM_KINDS.items()}
    return {**people, **visits, **variants, **parts, **rooms, **forms.titles()}


def _uneven(grid: Grid, held: Sequence[Held]) -> Iterable[str]:
    for one in held:
        if not grid.is_even(one.meeting.span.starts_at):
            name, step = one.meeting.group.name, grid.minutes_per_tick
            yield f"{name} doesn’t begin on a step of {step} minutes: it is counted from the step before."


def _taken(
    held: Sequence[Held], known: Sequence[Known], booked: Booked, beside: Beside
) -> dict[int, list[Span]]:
    """Time of staff (keys) that goes to sessions outside the picture, and to groups they lead beside another."""
    pictured = {one.meeting.session for one in held if one.meeting.session is not None}
    visits = {seat.session_id for one in known for seat in one.visits}
    found: dict[int, list[Span]] = defaultdict(list)
    for key, staff in booked.staff.items():
        if booked.sessions[key].uid not in pictured:
            for who in staff[1:] if key in visits else staff:
                found[who].append(booked.span(key))
    for one in held:
        for who in one.leads[1:]:
            found[who].append(one.meeting.span)
    for who, spans in beside.of_staff.items():
        found[who] += spans
    return found


def _as_it_stands(
    grid: Grid, slots: Slots, known: Sequence[Known], drawn: Sequence[Drawn], staff: Mapping[int, str]
) -> Plan:
    """The week as records have it: a group with nobody in it does not count as held."""
    ids = {one.patient.pk: one.id for one in known}
    attend: dict[str, set[SlotKey]] = {one.id: set() for one in known}
    groups = {}
    for key, held in slots.held.items():
        inside = [ids[m.episode.patient_id] for m in held.members if m.episode.patient_id in ids]
        leader = next((staff[who] for who in held.leads if who in staff), None)
        if leader is None or not held.members:
            continue
        groups[key] = leader
        for person in inside:
            attend[person].add(key)
    ones = {
        one.person.id: {kind: grid.start_of(row.starts_at) for kind, row in one.visits.items()}
        for one in drawn
        if one.visits
    }
    return Plan(groups, {person: frozenset(keys) for person, keys in attend.items()}, ones)
