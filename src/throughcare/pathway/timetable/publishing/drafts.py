"""A publication before it is one: a plan beside the week as it stands now, for good or for one week only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.timetable.picture.week import Picture, picture_of
from throughcare.pathway.timetable.plans.opened import OpenPlan, open_plan, require_settled
from throughcare.pathway.timetable.publishing.applying import Applying
from throughcare.pathway.timetable.publishing.applying_once import ApplyingOnce
from throughcare.pathway.timetable.publishing.balance import Balance, balances_of
from throughcare.pathway.timetable.publishing.moves import Moves, Week, moves_of, week_as_it_stands
from throughcare.pathway.timetable.publishing.one_week import OneWeek
from throughcare.pathway.timetable.publishing.words import Wording
from throughcare.timetable.constraints import Broken

# What a run is asked for where only its own week changes, such as a day on which someone is away.
THIS_WEEK = "week"


@dataclass(frozen=True)
class Draft:
    """What a plan changes from a day on, in words, and doing it."""

    opened: OpenPlan
    picture: Picture
    from_date: date

    @cached_property
    def once(self) -> OneWeek | None:
        """The changes of one week, where the plan is for that week only."""
        asked = self.opened.row.run.asked or {}
        return OneWeek(self.opened, self.picture, self.from_date) if asked.get("scope") == THIS_WEEK else None

    @property
    def until_date(self) -> date | None:
        """The last day that changes; None where the changes are for good."""
        return self.picture.monday + timedelta(days=6) if self.once else None

    @cached_property
    def moves(self) -> Moves:
        """The changes for good."""
        return moves_of(self.opened, self.picture)

    @cached_property
    def now(self) -> Week:
        """The week as it stands."""
        return week_as_it_stands(self.picture)

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self.opened, self.picture, self.moves, self.from_date)

    @property
    def nothing(self) -> bool:
        """Whether everything stays as it is."""
        return self.once.nothing if self.once else self.moves.nothing

    @property
    def unclear(self) -> tuple[str, ...]:
        """What a person must decide first."""
        return self.once.unclear if self.once else self.moves.unclear

    @property
    def groups(self) -> tuple[str, ...]:
        """What becomes of groups and sessions."""
        return self.once.groups if self.once else tuple(self._wording.of_groups())

    @cached_property
    def people(self) -> Mapping[str, tuple[str, ...]]:
        """Everyone in care whose week changes, with what changes."""
        if self.once:
            return self.once.people
        found = {}
        for who in self.picture.people:
            held = self.now.attend.get(who, frozenset())
            lines = (*self._wording.of_person(who), *self._wording.of_members(who, held))
            if lines:
                found[who] = tuple(line[:1].upper() + line[1:] for line in lines)
        return found

    @cached_property
    def staff(self) -> Mapping[str, tuple[str, ...]]:
        """Everyone of the staff whose week changes, with what changes."""
        if self.once:
            return self.once.staff
        found = {who: tuple(self._wording.of_staff(who)) for who in self.picture.staff}
        return {who: lines for who, lines in found.items() if lines}

    @cached_property
    def balances(self) -> Mapping[str, Balance]:
        """What a change of one week takes from people and gives back; nothing for changes for good."""
        return balances_of(self.once) if self.once else {}

    def staff_name(self, who: str) -> str:
        """The name of one of the staff."""
        return self._wording.staff(who)

    @property
    def broken(self) -> tuple[Broken, ...]:
        """What the check says against the plan."""
        return self.opened.checked.broken

    def apply(self, because: str, *, by: Actor, at: datetime) -> None:
        """Do it. The whole list of people was opened at the desk, so that each step is the program's for `by`."""
        for_all = replace(by, roles=by.roles | {"program"})
        if self.once:
            ApplyingOnce(self.once, because, for_all, at).apply()
        else:
            Applying(self.opened, self.picture, self.moves, self.from_date, because, for_all, at).apply()


def draft_of(plan: UUID, *, by: Actor, at: datetime) -> Draft:
    """A plan beside the week as it stands now. Raises `Absent`, or `Cannot` while it is still solved."""
    opened = open_plan(plan, by=by)
    require_settled(opened)
    row = opened.row
    picture = picture_of(row.site.uid, monday=row.monday, by=by, at=at)
    return Draft(opened, picture, max(row.monday, local_day(at, row.site.time_zone)))
