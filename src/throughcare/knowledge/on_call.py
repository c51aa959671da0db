"""An on-call rota as rules: turns that go round for ever, swaps over them, and the gaps that are left.

A rota counts on the wall clock of its site, so that a turn changes over at the same hour whatever the clocks do.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from throughcare.knowledge.clinic_calendar import at_local, local_day

LINES: dict[str, str] = {"primary": "Primary", "backup": "Backup"}


@dataclass(frozen=True)
class Rota:
    """Who takes turns from a day on, without an end; people are keys, in the order of their turns."""

    first_day: date
    changes_at: time
    turn_days: int
    zone: str
    primary: tuple[int, ...]
    backup: tuple[int, ...]

    @property
    def starts_at(self) -> datetime:
        """The moment of the first turn (UTC)."""
        return at_local(self.first_day, self.changes_at, self.zone)

    def turn_at(self, at: datetime) -> int:
        """The number of the turn that runs at a moment, from 0."""
        day = local_day(at, self.zone)
        if at < at_local(day, self.changes_at, self.zone):
            day -= timedelta(days=1)
        return (day - self.first_day).days // self.turn_days

    def turn_starts(self, number: int) -> datetime:
        """When a turn begins (UTC)."""
        return at_local(self.first_day + timedelta(days=number * self.turn_days), self.changes_at, self.zone)

    def holder(self, line: str, at: datetime) -> int | None:
        """Who holds the line at a moment by turn; None before the rota starts or where nobody takes turns."""
        people = self.primary if line == "primary" else self.backup
        return people[self.turn_at(at) % len(people)] if people and at >= self.starts_at else None


@dataclass(frozen=True)
class Swap:
    """Somebody takes a stretch of a line, whoever's turn it is."""

    line: str
    person: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Stretch:
    """A stretch of a line with whoever holds it; None: nobody. `swapped` says that it isn't by turn."""

    line: str
    starts_at: datetime
    ends_at: datetime
    person: int | None
    swapped: bool = False


@dataclass(frozen=True)
class Gap:
    """A stretch in which a line can't be relied on, with the reason in words."""

    line: str
    starts_at: datetime
    ends_at: datetime
    because: str


def holder_at(
    rotas: Sequence[Rota], swaps: Sequence[Swap], line: str, at: datetime
) -> tuple[int | None, bool]:
    """Who holds a line at a moment, and whether by a swap; of rotas and of swaps the one written last counts."""
    for swap in reversed(swaps):
        if swap.line == line and swap.starts_at <= at < swap.ends_at:
            return swap.person, True
    for rota in reversed(rotas):
        if rota.starts_at <= at:
            return rota.holder(line, at), False
    return None, False


def stretches(
    rotas: Sequence[Rota], swaps: Sequence[Swap], line: str, *, since: datetime, until: datetime
) -> list[Stretch]:
    """Who holds a line from a moment to another, without a break: every moment lies in exactly one stretch."""
    found: list[Stretch] = []
    cuts = [since, *_cuts(rotas, swaps, line, since, until), until]
    for begins, ends in pairwise(cuts):
        person, swapped = holder_at(rotas, swaps, line, begins)
        last = found[-1] if found else None
        if last is not None and (last.person, last.swapped) == (person, swapped) and person is None:
            found[-1] = Stretch(line, last.starts_at, ends, None)
        else:
            found.append(Stretch(line, begins, ends, person, swapped))
    return found


def _cuts(
    rotas: Sequence[Rota], swaps: Sequence[Swap], line: str, since: datetime, until: datetime
) -> list[datetime]:
    """Every moment inside at which somebody else may come."""
    cuts = {moment for swap in swaps if swap.line == line for moment in (swap.starts_at, swap.ends_at)}
    for rota in rotas:
        number = max(0, rota.turn_at(since))
        while (moment := rota.turn_starts(number)) < until:
            cuts.add(moment)
            number += 1
    return sorted(moment for moment in cuts if since < moment < until)


# Says why a person can't be relied on in a stretch; empty when they can.
Unfit = Callable[[int, datetime, datetime], str]


def gaps(
    rotas: Sequence[Rota],
    swaps: Sequence[Swap],
    *,
    since: datetime,
    until: datetime,
    unfit: Unfit = lambda *_: "",
    double: str = "the same person is primary and backup",
) -> list[Gap]:
    """The stretches in which nobody holds a line, who holds it can't be relied on, or one person holds both."""
    lines = {line: stretches(rotas, swaps, line, since=since, until=until) for line in LINES}
    found = []
    for line, held in lines.items():
        for one in held:
            because = (
                "nobody is planned" if one.person is None else unfit(one.person, one.starts_at, one.ends_at)
            )
            if because:
                found.append(Gap(line, one.starts_at, one.ends_at, because))
    found += _held_by_one(lines["primary"], lines["backup"], double)
    return sorted(found, key=lambda gap: (gap.starts_at, gap.line))


def _held_by_one(primary: Iterable[Stretch], backup: Sequence[Stretch], because: str) -> list[Gap]:
    return [
        Gap("backup", max(one.starts_at, other.starts_at), min(one.ends_at, other.ends_at), because)
        for one in primary
        for other in backup
        if one.person is not None
        and one.person == other.person
        and one.starts_at < other.ends_at
        and other.starts_at < one.ends_at
    ]


def new_gap(before: Sequence[Gap], after: Sequence[Gap]) -> Gap | None:
    """The first gap that a change leaves and that was not there already; None when it leaves none."""
    for gap in after:
        begins = gap.starts_at
        for old in sorted((old for old in before if old.line == gap.line), key=lambda old: old.starts_at):
            if old.starts_at <= begins < old.ends_at:
                begins = old.ends_at
        if begins < gap.ends_at:
            return Gap(gap.line, begins, gap.ends_at, gap.because)
    return None
