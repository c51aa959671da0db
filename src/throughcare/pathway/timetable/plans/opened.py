"""A plan opened: its problem, what is behind its names, what the check says; and a changed copy kept as a new one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from uuid import UUID

from django.db import transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.privacy import at_sites, may_access
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.timetable.picture.forms import ANYWHERE, VIDEO
from throughcare.pathway.timetable.picture.meaning import Meaning, read_meaning
from throughcare.pathway.timetable.planners import require_planner
from throughcare.pathway.timetable.plans.rooms import rooms_of
from throughcare.pathway.timetable.runs.problem_at_rest import problem_from_json
from throughcare.pathway.timetable.runs.turns import next_number
from throughcare.records.people import Patient
from throughcare.records.timetable_runs import TimetablePlan
from throughcare.timetable.check import Checked, check
from throughcare.timetable.constraints import Broken
from throughcare.timetable.interchange import read_plan, write_plan
from throughcare.timetable.problem import Plan, Problem, SlotKey

SECRET = {
    "apart": "Two people in one group must be kept apart. Ask the clinical director.",
    "coi": "Someone is with a member of staff whom they must not meet. Ask the clinical director.",
}


@dataclass(frozen=True)
class OpenPlan:
    """A plan with all that is needed to show, judge and change it. For pathway modules; pages get views."""

    row: TimetablePlan
    problem: Problem
    plan: Plan
    meaning: Meaning

    @cached_property
    def checked(self) -> Checked:
        """What the check says of it."""
        return check(self.problem, self.plan)

    @cached_property
    def rooms(self) -> Mapping[str, str]:
        """The room of each group or offer that meets."""
        return rooms_of(self.problem, self.plan, items=self.meaning.items, now=self.meaning.rooms)

    @cached_property
    def taken(self) -> Mapping[SlotKey, tuple[str, ...]]:
        """Who is in each group."""
        found: dict[SlotKey, list[str]] = {key: [] for key in self.plan.groups}
        for person in sorted(self.plan.attend):
            for key in self.plan.attend[person]:
                found.setdefault(key, []).append(person)
        return {key: tuple(people) for key, people in found.items()}

    @property
    def before(self) -> Plan:
        """The published week that the plan was made from; empty where nothing was held."""
        return self.problem.previous or Plan()

    def lacks_room(self, key: SlotKey) -> bool:
        """Whether a meeting is held within walls and no room is left for it."""
        walls = self.problem.kinds[key.type].room_kind not in (VIDEO, ANYWHERE)
        return walls and not self.room_name(key)

    def clock(self, tick: int) -> time:
        """The wall-clock time at which a tick begins; the end of the day is midnight."""
        minute = self.problem.first_minute + tick * self.problem.minutes_per_tick
        return time(minute // 60 % 24, minute % 60)

    def hours_of(self, person: str) -> float:
        """The hours that the plan gives a person."""
        held = self.plan.ones.get(person, {})
        groups = sum(self.problem.kinds[key.type].hours for key in self.plan.attend.get(person, ()))
        return groups + sum(one.hours for one in self.problem.people[person].ones if one.kind in held)

    def room_name(self, key: SlotKey) -> str:
        """The name of the room a slot is held in; empty without one."""
        return self.meaning.room_names.get(self.rooms.get(self.meaning.item(key), ""), "")

    def title(self, key: SlotKey) -> str:
        """The name of the group behind a slot, or of the type that would be opened."""
        known = self.meaning.names.get(self.meaning.groups.get(key, ""))
        return known or self.problem.say(key.type)


def open_plan(plan: UUID, *, by: Actor) -> OpenPlan:
    """A plan of a site within reach. Raises `Absent`."""
    require_planner(by)
    rows = TimetablePlan.objects.filter(organization_id=by.organization, uid=plan)
    rows = at_sites(rows, "schedule", by=by, verb="change")
    row = rows.select_related("site", "run", "turn", "changed_from", "recorded_by").first()
    if row is None:
        raise Absent("plan")
    return OpenPlan(
        row, problem_from_json(row.run.problem), read_plan(row.plan), read_meaning(row.run.meaning or {})
    )


def names_of(people: Collection[str], *, by: Actor, at: datetime, verb: str = "see") -> dict[str, str]:
    """The names of these people (public ids as text), opened as one list at the privacy desk; guarded ones unnamed."""
    rows = list(Patient.objects.filter(organization_id=by.organization, uid__in=set(people)).order_by("pk"))
    hidden = open_roster("schedule", [row.pk for row in rows], by=by, at=at, verb=verb)
    return {str(row.uid): HIDDEN if row.pk in hidden else display_name(row) for row in rows}


def in_names(sentence: str, names: Mapping[str, str]) -> str:
    """A sentence of the timetable with people's names in the place of their ids."""
    for uid, name in names.items():
        sentence = sentence.replace(uid, name)
    return sentence


def told_of(broken: Iterable[Broken], names: Mapping[str, str], *, by: Actor) -> tuple[str, ...]:
    """What breaks a rule, in sentences with names; who must not meet whom only for those who may know."""
    may_know = bool(may_access("kept_apart", by=by))
    return tuple(
        in_names(one.because, names) if may_know or one.rule not in SECRET else SECRET[one.rule]
        for one in broken
    )


@transaction.atomic
def keep_changed(opened: OpenPlan, plan: Plan, words: str, *, by: Actor, at: datetime) -> UUID:
    """Keep a changed copy of a plan as a plan of its own, with what the check says of it."""
    if plan == opened.plan:
        raise Cannot("That changes nothing.")
    judged = check(opened.problem, plan)
    return TimetablePlan.objects.create(
        organization_id=by.organization,
        site=opened.row.site,
        monday=opened.row.monday,
        number=next_number(opened.row.run),
        run=opened.row.run,
        changed_from=opened.row,
        words=words[:300],
        plan=write_plan(plan),
        cost=judged.cost.total,
        unmet_hours=judged.unmet_hours,
        below=len(judged.below),
        broken=len(judged.broken),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def require_settled(opened: OpenPlan) -> None:
    """Raise `Cannot` while the engine still works on the plan: it changes under one's hands."""
    turn = opened.row.turn
    if turn is not None and turn.ended_at is None:
        raise Cannot("This plan is still being worked on. Stop the run first, or wait until it ends.")
