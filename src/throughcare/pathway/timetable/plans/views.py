"""Plans as pages show them: the board of the week, and one group of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from throughcare.knowledge.week_rules import say_times
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.timetable.picture.meaning import read_slot, slot_words
from throughcare.pathway.timetable.plans.changing import together
from throughcare.pathway.timetable.plans.figures import PlanFigures, figures_of
from throughcare.pathway.timetable.plans.opened import OpenPlan, names_of, open_plan, told_of
from throughcare.pathway.timetable.runs.views import PlanLine, plan_line
from throughcare.records.timetable_runs import TimetablePlan
from throughcare.timetable.problem import SlotKey


@dataclass(frozen=True)
class PlanMeeting:
    """One meeting of a group in a plan. `marks` say what is new, other or wrong with it; nobody in it is named."""

    slot: str
    title: str
    kind: str
    day: date
    starts: time
    ends: time
    leader: str
    room: str
    taken: int
    most: int
    marks: tuple[str, ...]

    @property
    def times(self) -> str:
        """From when until when, in words."""
        return say_times(self.starts, self.ends)


@dataclass(frozen=True)
class PlanBoard:
    """The whole of a plan: its week by day, its figures, and what the check says. `below` names people."""

    plan: UUID
    run: UUID
    title: str
    site: UUID
    site_name: str
    monday: date
    is_settled: bool
    days: tuple[tuple[date, tuple[PlanMeeting, ...]], ...]
    ended: tuple[str, ...]
    figures: PlanFigures
    broken: tuple[str, ...]
    below: tuple[tuple[str, str], ...]
    others: tuple[PlanLine, ...]


def plan_board(plan: UUID, *, by: Actor, at: datetime) -> PlanBoard:
    """A plan as a page shows it; the people named on it are one row in the book of accesses."""
    opened = open_plan(plan, by=by)
    checked, row = opened.checked, opened.row
    named = {person for one in checked.broken for person in one.people} | set(checked.below)
    names = names_of(named, by=by, at=at)
    meetings = [meeting_of(opened, key) for key in sorted(opened.plan.groups, key=_in_order)]
    days = [row.monday + timedelta(days=n) for n in range(opened.problem.days)]
    others = TimetablePlan.objects.filter(site=row.site, monday=row.monday).exclude(pk=row.pk).defer("plan")
    return PlanBoard(
        plan=row.uid,
        run=row.run.uid,
        title=row.words or row.run.title,
        site=row.site.uid,
        site_name=row.site.name,
        monday=row.monday,
        is_settled=row.turn is None or row.turn.ended_at is not None,
        days=tuple((day, tuple(one for one in meetings if one.day == day)) for day in days),
        ended=tuple(_ended(opened)),
        figures=figures_of(opened),
        broken=told_of(checked.broken, names, by=by),
        below=tuple((person, names.get(person, "Someone who left")) for person in checked.below),
        others=tuple(map(plan_line, others.order_by("-number"))),
    )


def _in_order(key: SlotKey) -> tuple[int, int, str]:
    return key.day, key.start, key.type


def meeting_of(opened: OpenPlan, key: SlotKey) -> PlanMeeting:
    """One meeting of a plan."""
    problem = opened.problem
    slot, leader = problem.slots.get(key), opened.plan.groups.get(key, "")
    ticks = slot.ticks if slot else (key.start,)
    return PlanMeeting(
        slot=slot_words(key),
        title=opened.title(key),
        kind=problem.say(key.type)
        + ("" if key.variant in ("mix", "mixed") else f", {problem.say(key.variant)}"),
        day=opened.row.monday + timedelta(days=key.day),
        starts=opened.clock(ticks[0]),
        ends=opened.clock(ticks[-1] + 1),
        leader=problem.say(leader) if leader else "nobody",
        room=opened.room_name(key),
        taken=len(opened.taken.get(key, ())),
        most=slot.most if slot else 0,
        marks=tuple(_marks(opened, key)),
    )


def _marks(opened: OpenPlan, key: SlotKey) -> list[str]:
    slot, before = opened.problem.slots.get(key), opened.before
    taken = len(opened.taken.get(key, ()))
    marks = []
    if key not in before.groups and key in opened.plan.groups:
        marks.append("New")
    elif before.groups.get(key) != opened.plan.groups.get(key):
        marks.append(f"Another leader: it was {opened.problem.say(before.groups[key])}")
    if slot is not None and taken < slot.fewest:
        marks.append(f"Fewer than {slot.fewest} people")
    if slot is not None and taken > slot.most:
        marks.append(f"{taken - slot.most} over its seats")
    if opened.lacks_room(key):
        marks.append("No room")
    return marks


def _ended(opened: OpenPlan) -> list[str]:
    """The meetings of the published week that the plan does not hold."""
    gone = sorted(opened.before.groups.keys() - opened.plan.groups.keys(), key=_in_order)
    days = opened.problem.day_names
    return [f"{opened.title(key)}, {days[key.day]} {opened.clock(key.start):%-I:%M %p}" for key in gone]


@dataclass(frozen=True)
class PlanGroup:
    """One group of a plan with the people in it, and whom and what a change by hand may choose."""

    meeting: PlanMeeting
    also: tuple[str, ...]
    people: tuple[tuple[str, str, bool], ...]
    others: tuple[tuple[str, str], ...]
    staff: tuple[tuple[str, str], ...]

    @property
    def lead(self) -> str:
        """When, with whom, where, and how many."""
        one = self.meeting
        also = f" Attended together with {', '.join(self.also)}." if self.also else ""
        where = f" in {one.room}" if one.room else ""
        return f"Led by {one.leader}{where}, {one.taken} of {one.most} seats.{also}"

    @property
    def above(self) -> str:
        """On which day, from when until when."""
        return f"{self.meeting.day:%A}, {self.meeting.times}"


def plan_group(plan: UUID, slot: str, *, by: Actor, at: datetime) -> PlanGroup:
    """A group of a plan; `people` are id, name, and whether they are new in it."""
    opened = open_plan(plan, by=by)
    key = read_slot(slot)
    if key is None or key not in opened.problem.slots:
        raise Absent("group")
    names = names_of(opened.problem.people.keys(), by=by, at=at)
    inside = [person for person in opened.taken.get(key, ()) if person in names]
    was_in = {person for person, held in opened.before.attend.items() if key in held}
    also = sorted(together(opened.problem, key) - {key}, key=_in_order)
    fits = set(opened.problem.leaders[key])
    staff = sorted(opened.problem.staff, key=lambda one: (one not in fits, opened.problem.say(one)))
    return PlanGroup(
        meeting=meeting_of(opened, key),
        also=tuple(opened.problem.say_time(one.day, one.start) for one in also),
        people=tuple(
            sorted(((one, names[one], one not in was_in) for one in inside), key=lambda row: row[1])
        ),
        others=tuple(
            sorted(((one, name) for one, name in names.items() if one not in inside), key=lambda row: row[1])
        ),
        staff=tuple(
            (one, opened.problem.say(one) + ("" if one in fits else " (not free, or without the skill)"))
            for one in staff
        ),
    )
