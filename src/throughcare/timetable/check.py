"""Judges a plan: which rules it breaks and what it costs. Shares nothing with the solver."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from throughcare.timetable.constraints import RULES, Broken, Reading
from throughcare.timetable.cost import (
    Cost,
    below,
    changes_of,
    cost_of,
    people_changed,
    short_days,
    unmet_hours,
)
from throughcare.timetable.problem import Plan, Problem


@dataclass(frozen=True)
class Checked:
    """A plan's judgement: every place where a rule is broken, the cost by part, and the figures people ask for."""

    broken: tuple[Broken, ...]
    cost: Cost
    unmet_hours: float
    prescribed_hours: float
    below: tuple[str, ...]
    short_days: int
    groups: int
    changed: int
    people_changed: tuple[str, ...]

    @cached_property
    def hard_by_rule(self) -> Mapping[str, int]:
        """How often each rule is broken; rules that hold are left out."""
        counted: Counter[str] = Counter()
        for one in self.broken:
            counted[one.rule] += one.count
        return dict(counted)

    @property
    def hard(self) -> int:
        """How often rules are broken in all; 0 is a plan that may be published."""
        return sum(self.hard_by_rule.values())

    @property
    def is_clean(self) -> bool:
        """Whether no rule is broken."""
        return not self.broken


def check(problem: Problem, plan: Plan) -> Checked:
    """Judge a plan of a problem by every rule and every part of the cost."""
    reading = Reading(problem, plan)
    return Checked(
        broken=tuple(broken for rule in RULES for broken in rule.find(reading)),
        cost=cost_of(reading),
        unmet_hours=unmet_hours(reading),
        prescribed_hours=sum(person.hours for person in problem.people.values()),
        below=below(reading),
        short_days=short_days(reading),
        groups=len(plan.groups),
        changed=sum(changes_of(problem, plan, person) for person in problem.people),
        people_changed=people_changed(problem, plan),
    )
