"""The cheapest changes that give a person every hour, each made and checked before it is offered."""

import time
from collections.abc import Collection
from dataclasses import dataclass

from throughcare.timetable.check import check
from throughcare.timetable.explain.causes import every_limit, minimal_change
from throughcare.timetable.explain.changes import Changed, given, make_real, with_other_staff
from throughcare.timetable.explain.limits import (
    CLOSED,
    DAYS,
    FREE,
    LONGEST,
    OPEN,
    SEAT,
    STAFF,
    STARTS,
    VARIANT,
    Limit,
)
from throughcare.timetable.explain.neighbors import with_a_new_group, with_a_seat_left
from throughcare.timetable.explain.pieces import offered_to
from throughcare.timetable.explain.search import Found, Search
from throughcare.timetable.problem import OneToOne, Plan, Problem, SlotKey
from throughcare.timetable.sentences import say_group, say_hours, say_list

# The order in which single limits are set aside: what asks least of people first.
TRIED = (SEAT, STAFF, STARTS, LONGEST, DAYS, FREE, VARIANT, CLOSED, OPEN)
# Limits set aside together when none alone is enough.
TOGETHER = ((SEAT, STAFF, STARTS), (FREE, LONGEST, DAYS), (SEAT, STAFF, STARTS, FREE, LONGEST, DAYS))
# So many changes are offered; so many of one kind; so many colleagues are asked to hold a one-to-one.
MOST, ALIKE, COLLEAGUES = 5, 2, 6


@dataclass(frozen=True)
class Fix:
    """A change after which a person has every hour: `plan` is a plan of `problem`, checked, and costs `cost`.

    `problem` is the one that was given where only the plan changes. `code`: `plan` (their own week), `move` (someone
    else's too), `group` (one opens), `colleague` (a one-to-one with someone else), or what changes in the problem.
    """

    code: str
    because: str
    cost: float
    plan: Plan
    problem: Problem


class Fixing:
    """Looks for fixes for one person until the time is up."""

    def __init__(self, search: Search, plan: Plan, until: float) -> None:
        self.search, self.plan, self.until = search, plan, until
        self.problem, self.person = search.problem, search.person
        self.broken = len(check(self.problem, plan).broken)
        self.found: list[Fix] = []

    def goes_on(self) -> bool:
        """Whether there is time left."""
        return time.monotonic() < self.until

    def find(self, causes: Collection[Limit]) -> tuple[Fix, ...]:
        """Fixes for these causes: those that change only the plan come first, then the cheapest."""
        if not causes:
            self._if(self.search, self.search.find(cheap=True), "plan")
        elif any(limit.family == STAFF for limit in causes):
            self._with_colleagues({limit.name for limit in causes if limit.family == STAFF})
        for limit in sorted(causes, key=self._turn):
            if limit.family in TRIED and self.goes_on():
                self._without(limit)
        for families in TOGETHER:
            if causes and not self.found and self.goes_on():
                self._without_all(families)
        return self._cheapest()

    def _cheapest(self) -> tuple[Fix, ...]:
        """The few that are offered, of each kind the cheapest."""
        ranked = sorted(self.found, key=lambda fix: (fix.problem is not self.problem, fix.cost, fix.because))
        alike: dict[str, list[Fix]] = {}
        for fix in ranked:
            alike.setdefault(fix.code, []).append(fix)
        return tuple(fix for fix in ranked if fix in alike[fix.code][:ALIKE])[:MOST]

    def _turn(self, limit: Limit) -> tuple[object, ...]:
        turn = TRIED.index(limit.family) if limit.family in TRIED else len(TRIED)
        return turn, limit.name, limit.day, limit.slot or ()

    def _wanted(self, code: str) -> bool:
        return sum(fix.code == code for fix in self.found) < ALIKE

    def _without(self, limit: Limit) -> None:
        """Fixes that set one limit aside."""
        found = self.search.find({limit}, cheap=True)
        if found is None:
            return
        if limit.family == SEAT and limit.slot is not None and self._wanted("move"):
            self._with_someone_moved(limit.slot)
        if limit.family == OPEN:
            self._with_new_group(found)
        else:
            self._if(self.search, found, limit.family)

    def _without_all(self, families: tuple[str, ...]) -> None:
        """A fix that sets as few limits of these families aside as it takes."""
        limits = {limit for limit in every_limit(self.search) if limit.family in families}
        if self.search.find(limits) is not None:
            needed = minimal_change(self.search, limits)
            self._if(self.search, self.search.find(needed, cheap=True), "together")

    def _if(self, search: Search, found: Found | None, code: str) -> None:
        """A fix that changes what the limits of a week ask to be changed."""
        changed = make_real(search.problem, self.plan, self.person.id, found) if found else None
        if changed is not None:
            self._offer(
                code,
                changed,
                f"if {say_list(changed.words)}" if changed.words else "only their own week changes",
            )

    def _with_someone_moved(self, key: SlotKey) -> None:
        moved = with_a_seat_left(self.problem, self.plan, key, but=self.person.id, goes_on=self.goes_on)
        if moved is not None:
            plan, other = moved
            found = Search(offered_to(self.problem, plan, self.person.id, as_it_is=True)).find(cheap=True)
            if found is not None:
                words = (
                    f"if {other} leaves {say_group(self.problem, key)} for another week with as many hours"
                )
                self._offer("move", Changed(self.problem, given(plan, self.person.id, found)), words)

    def _with_new_group(self, found: Found) -> None:
        keys = [key for key in found.slots if key not in self.plan.groups]
        if len(keys) != 1 or not self._wanted("group"):
            return
        opened = with_a_new_group(
            self.problem, self.plan, keys[0], first=self.person.id, goes_on=self.goes_on
        )
        if opened is not None:
            plan, others = opened
            again = Search(offered_to(self.problem, plan, self.person.id, as_it_is=True)).find(
                must={keys[0]}, cheap=True
            )
            if again is not None:
                leader = self.problem.say(plan.groups[keys[0]])
                company = f", with {say_list(others)} in it too, at no loss of hours" if others else ""
                words = f"if {say_group(self.problem, keys[0])} opens, led by {leader}{company}"
                self._offer("group", Changed(self.problem, given(plan, self.person.id, again)), words)

    def _with_colleagues(self, kinds: Collection[str]) -> None:
        """Fixes in which a colleague of the same role holds a one-to-one."""
        for one in self.person.ones:
            if one.kind in kinds:
                for staff in self._colleagues(one):
                    if not (self.goes_on() and self._wanted("colleague")):
                        return
                    problem = with_other_staff(self.problem, self.person.id, one, staff)
                    search = Search(offered_to(problem, self.plan, self.person.id, as_it_is=True))
                    found = search.find(cheap=True)
                    if found is not None:
                        words = f"if {problem.say(staff)} holds the {problem.say(one.kind)} one-to-one"
                        plan = given(self.plan, self.person.id, found)
                        self._offer("colleague", Changed(problem, plan), words)

    def _colleagues(self, one: OneToOne) -> list[str]:
        """Staff of the same role and languages, those first who work most when the person can come."""
        held_by = self.problem.staff[one.staff]
        alike = [
            (-sum(len(a & b) for a, b in zip(staff.free, self.person.free, strict=True)), staff.id)
            for staff in self.problem.staff.values()
            if staff.id != one.staff
            and staff.role == held_by.role
            and (self.person.id, staff.id) not in self.problem.never_with
            and staff.languages >= held_by.languages
        ]
        return [staff for _, staff in sorted(alike)[:COLLEAGUES]]

    def _offer(self, code: str, changed: Changed, words: str) -> None:
        """A fix, if the person has every hour by it and no rule is broken that wasn't before."""
        because = f"All {say_hours(self.person.hours)} fit {words}." if words.startswith("if ") else ""
        because = because or f"All {say_hours(self.person.hours)} fit as things stand; {words}."
        if any(fix.because == because for fix in self.found):
            return
        cost = changed.cost(self.person.id, self.broken)
        if cost is not None:
            self.found.append(Fix(code, because, cost, changed.plan, changed.problem))
