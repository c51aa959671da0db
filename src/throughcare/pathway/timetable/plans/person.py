"""One person's own week in a plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.timetable.picture.meaning import slot_words
from throughcare.pathway.timetable.plans.opened import OpenPlan, names_of, open_plan, told_of

Block = tuple[date, time, time, str, str, str]


@dataclass(frozen=True)
class PlanPerson:
    """A person's own week in a plan, as blocks of the grid, and what is missing."""

    name: str
    monday: date
    blocks: tuple[tuple[date, time, time, str, str, str], ...]
    hours: float
    prescribed: float
    least: float
    broken: tuple[str, ...]


def plan_person(plan: UUID, person: UUID, *, by: Actor, at: datetime) -> PlanPerson:
    """A person's week in a plan: day, start, end, title, detail and slot of each session."""
    opened = open_plan(plan, by=by)
    who = str(person)
    if who not in opened.problem.people:
        raise Absent("person")
    names = names_of([who, *(p for one in opened.checked.broken for p in one.people)], by=by, at=at)
    wanted = opened.problem.people[who]
    return PlanPerson(
        name=names[who],
        monday=opened.row.monday,
        blocks=(*_group_blocks(opened, who), *_one_blocks(opened, who)),
        hours=opened.hours_of(who),
        prescribed=wanted.hours,
        least=wanted.least_hours,
        broken=told_of([one for one in opened.checked.broken if who in one.people], names, by=by),
    )


def _group_blocks(opened: OpenPlan, who: str) -> Iterator[Block]:
    for key in sorted(opened.plan.attend.get(who, ())):
        ticks = opened.problem.slots[key].ticks
        leader = opened.plan.groups.get(key, "")
        detail = ", ".join(part for part in (opened.problem.say(leader), opened.room_name(key)) if part)
        day = opened.row.monday + timedelta(days=key.day)
        starts, ends = opened.clock(ticks[0]), opened.clock(ticks[-1] + 1)
        yield day, starts, ends, opened.title(key), detail, slot_words(key)


def _one_blocks(opened: OpenPlan, who: str) -> Iterator[Block]:
    held = opened.plan.ones.get(who, {})
    for one in opened.problem.people[who].ones:
        if one.kind in held:
            day, tick = held[one.kind]
            date_of = opened.row.monday + timedelta(days=day)
            title, leader = opened.problem.say(one.kind), opened.problem.say(one.staff)
            yield date_of, opened.clock(tick), opened.clock(tick + one.ticks), title, leader, ""
