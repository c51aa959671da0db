"""Plans in numbers, for one page or side by side with others."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.timetable.plans.opened import OpenPlan, open_plan
from throughcare.pathway.timetable.runs.views import PlanLine, plan_line


@dataclass(frozen=True)
class StaffHours:
    """What a plan asks of one of the staff."""

    name: str
    hours: float
    most: float
    meant: float
    groups: int


@dataclass(frozen=True)
class PlanFigures:
    """A plan in numbers, for one page or side by side with others."""

    line: PlanLine
    people: int
    met: int
    hours_met: float
    hours: float
    below: int
    short_days: int
    groups: int
    mean_size: float
    small: int
    changed_people: int
    new_groups: int
    closed_groups: int
    other_leaders: int
    without_room: int
    broken: int
    loads: tuple[StaffHours, ...]

    @property
    def met_words(self) -> str:
        """How many people have all their hours, and of how many."""
        return f"{self.met} of {self.people}"

    @property
    def hours_words(self) -> str:
        """Prescribed hours that are given, and of how many."""
        return f"{self.hours_met:g} of {self.hours:g}"


def compare_plans(plans: Sequence[UUID], *, by: Actor) -> list[PlanFigures]:
    """Plans side by side, in the order they were asked for; nobody is named."""
    return [figures_of(open_plan(one, by=by)) for one in dict.fromkeys(plans)]


def figures_of(opened: OpenPlan) -> PlanFigures:
    """A plan in numbers."""
    problem, plan, checked, before = opened.problem, opened.plan, opened.checked, opened.before
    sizes = [len(opened.taken.get(key, ())) for key in plan.groups]
    new, gone = plan.groups.keys() - before.groups.keys(), before.groups.keys() - plan.groups.keys()
    small = [key for key in plan.groups if len(opened.taken.get(key, ())) < problem.slots[key].good[0]]
    return PlanFigures(
        line=plan_line(opened.row),
        people=len(problem.people),
        met=sum(_is_met(opened, person) for person in problem.people),
        hours_met=round(checked.prescribed_hours - checked.unmet_hours, 2),
        hours=round(checked.prescribed_hours, 2),
        below=len(checked.below),
        short_days=checked.short_days,
        groups=len(plan.groups),
        mean_size=round(sum(sizes) / len(sizes), 1) if sizes else 0.0,
        small=len(small),
        changed_people=len(checked.people_changed),
        new_groups=len(new),
        closed_groups=len(gone),
        other_leaders=sum(
            before.groups[key] != plan.groups[key] for key in before.groups.keys() & plan.groups.keys()
        ),
        without_room=sum(map(opened.lacks_room, plan.groups)),
        broken=len(checked.broken),
        loads=_loads(opened),
    )


def _is_met(opened: OpenPlan, person: str) -> bool:
    return opened.hours_of(person) >= opened.problem.people[person].hours - 0.01


def _loads(opened: OpenPlan) -> tuple[StaffHours, ...]:
    problem = opened.problem
    found = []
    for who in problem.staff.values():
        led = [key for key, leader in opened.plan.groups.items() if leader == who.id]
        hours = sum(len(problem.slots[key].ticks) * problem.minutes_per_tick / 60 for key in led)
        if led or (who.role == "therapist" and who.skills):
            name = problem.say(who.id)
            found.append(
                StaffHours(name, round(hours, 2), who.most_group_hours, who.target_group_hours, len(led))
            )
    return tuple(sorted(found, key=lambda one: one.name))
