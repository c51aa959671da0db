"""The columns of the census for people of several sites, and the sorting by any of them. All by patient key."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.planning.plan_reviews import PlanDue
from throughcare.pathway.actor import Actor
from throughcare.pathway.boards.census_facts import (
    admission_days,
    delivered_minutes,
    last_seen_days,
    latest_totals,
    next_starts,
    overdue_measures,
    prescribed_this_week,
)
from throughcare.pathway.boards.census_people import InCare, week_of_care
from throughcare.pathway.care_plan.plan_dues import plan_dues
from throughcare.pathway.privacy import may_access
from throughcare.records.among import Keys

People = Sequence[InCare]


@dataclass(frozen=True)
class Sees:
    """Which columns the reader's roles open; to sort by a column that one may not see would tell of it."""

    attendance: bool
    measures: bool
    plans: bool


@dataclass(frozen=True)
class Columns:
    """Looks one column up for any number of people, at one moment in one organization.

    What filtering and sorting have looked up for everyone is not asked again for the page.
    """

    organization: int
    at: datetime
    sees: Sees
    _dues: dict[int, PlanDue] = field(default_factory=dict)

    def delivered(self, people: People) -> dict[int, int]:
        """Minutes of this week."""
        found: dict[int, int] = {}
        for (_, monday), some in by_calendar(people).items():
            added_up = delivered_minutes(patients_of(some), organization=self.organization, monday=monday)
            found |= _only(some, added_up)
        return found

    def prescribed(self, people: People) -> dict[int, float]:
        """Hours that this week's plan prescribes."""
        found: dict[int, float] = {}
        for (zone, monday), some in by_calendar(people).items():
            found |= prescribed_this_week(patients_of(some), monday=monday, zone=zone)
        return found

    def seen(self, people: People) -> dict[int, date]:
        """The day each was last at a session."""
        last = max((who.today for who in people), default=self.at.date())
        return last_seen_days(patients_of(people), organization=self.organization, today=last)

    def dues(self, people: People) -> dict[int, PlanDue]:
        """The care plan's next duty."""
        new = [who for who in people if who.patient not in self._dues]
        found = plan_dues(episodes_of(new), at=self.at) if new else {}
        self._dues.update({who.patient: found[who.episode] for who in new if who.episode in found})
        return {who.patient: self._dues[who.patient] for who in people if who.patient in self._dues}

    def overdue(
        self, people: People, dues: Mapping[int, PlanDue] | None = None
    ) -> dict[int, tuple[str, ...]]:
        """What should have happened and the reader may know, in words; nobody is left out."""
        if dues is None:
            dues = self.dues(people) if self.sees.plans else {}
        first = min((who.today for who in people), default=self.at.date())
        asked = (
            overdue_measures(patients_of(people), organization=self.organization, today=first)
            if self.sees.measures
            else {}
        )
        return {
            who.patient: tuple(overdue_words(dues.get(who.patient), asked.get(who.patient, 0), who.today))
            for who in people
        }

    def next_starts(self, people: People) -> dict[int, datetime]:
        """When each is expected next."""
        first = min((who.today for who in people), default=self.at.date())
        return next_starts(patients_of(people), organization=self.organization, today=first, at=self.at)

    def totals(self, people: People, code: str) -> dict[int, float]:
        """The latest total of a measure."""
        return latest_totals(episodes_of(people), code, organization=self.organization)

    def lateness(self, people: People) -> dict[int, int]:
        """How many things are overdue, for those with any."""
        return {patient: len(late) for patient, late in self.overdue(people).items() if late}

    def weeks(self, people: People) -> dict[int, int]:
        """The week of care that each is in."""
        admitted = admission_days(episodes_of(people), {who.zone: who.today for who in people})
        return {who.patient: week_of_care(admitted[who.episode], who.today) for who in people}


def patients_of(people: People) -> Keys:
    """The people's keys as patients."""
    return Keys(who.patient for who in people)


def episodes_of(people: People) -> Keys:
    """The people's keys as episodes."""
    return Keys(who.episode for who in people)


def sees_of(by: Actor) -> Sees:
    """The columns that the actor's roles open."""
    return Sees(
        attendance=bool(may_access("attendance", by=by)),
        measures=bool(may_access("measure", by=by)),
        plans=bool(may_access("care_plan", by=by)),
    )


def by_calendar(people: People) -> dict[tuple[str, date], list[InCare]]:
    """People by time zone and the first day of their week: as many parts as the sites have calendars."""
    parts: dict[tuple[str, date], list[InCare]] = defaultdict(list)
    for who in people:
        parts[who.zone, who.monday].append(who)
    return parts


def overdue_words(due: PlanDue | None, asked: int, today: date) -> list[str]:
    """What is late about a plan and `asked` measures."""
    late = []
    if due is not None and due.is_overdue(today):
        days = (today - due.due_date).days
        what = "Plan" if due.what == "plan" else "Review"
        late.append(f"{what} {days} day{'' if days == 1 else 's'} late")
    if asked:
        late.append(f"{asked} measure{'' if asked == 1 else 's'} late")
    return late


Lookup = Callable[[Columns, People], Mapping[int, Any]]

# Key of a column: what it sorts by. Only the column asked for is looked up for everyone.
SORTS: dict[str, Lookup] = {
    "name": lambda columns, people: {who.patient: place for place, who in enumerate(people)},
    "level": lambda columns, people: {who.patient: LEVELS[who.level].rank for who in people},
    "week": Columns.weeks,
    "hours": lambda columns, people: {who.patient: 0 for who in people} | columns.delivered(people),
    "seen": Columns.seen,
    "next": Columns.next_starts,
    "phq9": lambda columns, people: columns.totals(people, "phq-9"),
    "gad7": lambda columns, people: columns.totals(people, "gad-7"),
    "review": lambda columns, people: {key: due.due_date for key, due in columns.dues(people).items()},
    "overdue": Columns.lateness,
}
NEEDS = {
    "hours": "attendance",
    "seen": "attendance",
    "phq9": "measures",
    "gad7": "measures",
    "review": "plans",
}


def may_sort(key: str, sees: Sees) -> bool:
    """Whether there is such a column and the reader sees it."""
    return key in SORTS and (key not in NEEDS or bool(getattr(sees, NEEDS[key])))


def sorted_people(people: People, sort: str, columns: Columns) -> list[InCare]:
    """The people in the order asked for; whoever lacks the value comes last, either way, and equals go by name."""
    key, backwards = sort.removeprefix("-"), sort.startswith("-")
    if not may_sort(key, columns.sees):
        return list(people)
    values = SORTS[key](columns, people)
    have = [who for who in people if values.get(who.patient) is not None]
    rest = [who for who in people if values.get(who.patient) is None]
    return sorted(have, key=lambda who: values[who.patient], reverse=backwards) + rest


def _only(people: People, found: Mapping[int, int]) -> dict[int, int]:
    return {who.patient: found[who.patient] for who in people if who.patient in found}
