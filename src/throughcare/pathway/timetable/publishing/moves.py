"""What a plan changes in the week as it stands now: groups that close, open, get another leader; who joins, who leaves.

Both sides are told by the groups themselves, never by their places in a problem: those may have shifted meanwhile.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from throughcare.pathway.timetable.picture.week import Picture
from throughcare.pathway.timetable.plans.opened import OpenPlan
from throughcare.timetable.problem import OneToOne, Plan, SlotKey

Place = tuple[int, int]


@dataclass(frozen=True)
class Week:
    """A week by its groups: group -> meeting (day, tick) -> leader; person -> groups; (person, kind) -> (day, tick)."""

    groups: Mapping[str, Mapping[Place, str]]
    attend: Mapping[str, frozenset[str]]
    visits: Mapping[tuple[str, str], Place]

    @cached_property
    def digest(self) -> str:
        """The week as one short word: two that are alike have the same."""
        said = {
            "groups": sorted((name, sorted(held.items())) for name, held in self.groups.items()),
            "attend": sorted((who, sorted(held)) for who, held in self.attend.items() if held),
            "visits": sorted(self.visits.items()),
        }
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def week_of_plan(plan: Plan, items: Mapping[SlotKey, str]) -> Week:
    """A plan by its groups; `items` names the group or offer of each slot."""
    groups: dict[str, dict[Place, str]] = {}
    for key, leader in plan.groups.items():
        if key in items:
            groups.setdefault(items[key], {})[key.day, key.start] = leader
    return Week(
        groups,
        {who: frozenset(items[key] for key in held if key in items) for who, held in plan.attend.items()},
        {(who, kind): (at[0], at[1]) for who, held in plan.ones.items() for kind, at in held.items()},
    )


def week_as_it_stands(picture: Picture) -> Week:
    """The week that people live now."""
    return week_of_plan(picture.as_it_stands, {key: str(group) for key, group in picture.groups.items()})


@dataclass(frozen=True)
class Visit:
    """A one-to-one that is held at another time (`at` None: no more) or for the first time (`session` None)."""

    person: str
    kind: str
    staff: str
    minutes: int
    was: Place | None
    at: Place | None
    session: UUID | None
    every: int = 1


@dataclass(frozen=True)
class Moves:
    """Everything that a plan changes, by public ids; `unclear` are sentences about what a person must decide first."""

    closes: tuple[str, ...]
    ends: tuple[tuple[str, Place], ...]
    opens: tuple[tuple[str, SlotKey, str], ...]
    leads: tuple[tuple[str, str, str], ...]
    leaves: tuple[tuple[str, str], ...]
    joins: tuple[tuple[str, str], ...]
    visits: tuple[Visit, ...]
    unclear: tuple[str, ...]

    @property
    def people(self) -> frozenset[str]:
        """Everyone whose own groups or one-to-ones change."""
        return frozenset(
            [who for who, _ in (*self.leaves, *self.joins)] + [one.person for one in self.visits]
        )

    @property
    def nothing(self) -> bool:
        """Whether the week stays as it is."""
        return not (self.closes or self.ends or self.opens or self.leads or self.people)


def moves_of(opened: OpenPlan, picture: Picture) -> Moves:
    """What a plan changes in the week as it stands in a fresh picture.

    People and groups that the plan did not know are left alone, and so are those that are gone.
    """
    now, planned = week_as_it_stands(picture), week_of_plan(opened.plan, opened.meaning.items)
    then = week_of_plan(opened.meaning.stands, opened.meaning.items)
    known = set(then.groups)
    offers = {str(offer) for offer in picture.offers.values()}
    people = [who for who in opened.problem.people if who in picture.people]
    closes = tuple(sorted(name for name in known & now.groups.keys() if name not in planned.groups))
    leaves, joins = [], []
    for who in people:
        before, after = now.attend.get(who, frozenset()), planned.attend.get(who, frozenset())
        # A group that was opened meanwhile was not there to be chosen: whoever is in it stays.
        leaves += [(who, name) for name in sorted((before - after) & known)]
        joins += [(who, name) for name in sorted(after - before) if name in now.groups or name in offers]
    leads, unclear = _leads(opened, now, planned)
    gone = sorted(name for name in planned.groups if name not in now.groups and name not in offers)
    unclear += [f"{_name(opened, name)} is no longer there. Solve the week again." for name in gone]
    return Moves(
        closes=closes,
        ends=tuple(
            (name, place)
            for name in sorted(planned.groups.keys() & now.groups.keys())
            for place in sorted(now.groups[name].keys() - planned.groups[name].keys())
            if place in then.groups.get(name, {})
        ),
        opens=tuple(
            (opened.meaning.offers[key], key, opened.plan.groups[key])
            for key in sorted(opened.plan.groups)
            if key in opened.meaning.offers and opened.meaning.offers[key] in offers
        ),
        leads=tuple(leads),
        leaves=tuple(leaves),
        joins=tuple(joins),
        visits=tuple(visit for who in people for visit in visits_of(opened, picture, now, planned, who)),
        unclear=tuple(unclear),
    )


def _leads(opened: OpenPlan, now: Week, planned: Week) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Groups with another leader (group, who led it, who leads it), and those with more than one."""
    leads, unclear = [], []
    for name in sorted(planned.groups.keys() & now.groups.keys()):
        wanted, led = set(planned.groups[name].values()), set(now.groups[name].values())
        if len(wanted) > 1 and wanted != led:
            who = " and ".join(sorted(opened.problem.say(one) for one in wanted))
            unclear.append(
                f"{_name(opened, name)} would be led by {who}. Choose one person on the plan's page."
            )
        elif wanted != led:
            (leader,) = wanted
            leads.append((name, min(led), leader))
    return leads, unclear


def _name(opened: OpenPlan, item: str) -> str:
    key = next((key for key, name in opened.meaning.items.items() if name == item), None)
    return opened.title(key) if key else "A group"


def visits_of(opened: OpenPlan, picture: Picture, now: Week, planned: Week, who: str) -> list[Visit]:
    """The one-to-ones of a person that are held at another time, or for the first."""
    wanted = {one.kind: one for one in opened.problem.people[who].ones}
    there = {one.kind: one for one in picture.problem.people[who].ones}
    found = []
    for kind in sorted(wanted.keys() & there.keys()):
        before, after = now.visits.get((who, kind)), planned.visits.get((who, kind))
        if before != after:
            found.append(_visit(wanted[kind], who, before, after, picture.visits.get((who, kind))))
    return found


def _visit(one: OneToOne, who: str, before: Place | None, after: Place | None, session: UUID | None) -> Visit:
    return Visit(who, one.kind, one.staff, round(one.hours * 60), before, after, session, one.every)
