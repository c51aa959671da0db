"""What is offered to someone who missed hours: the sessions left in a week, each with its verdict."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.hours import WeekLedger
from throughcare.pathway.seat.placing import Placing


@dataclass(frozen=True)
class MakeUp:
    """A session that could make up for a missed one; `comes_to` (for the person `plain_sum`) is the week's sum with it.

    `waiting` people stand in line for it, the person themself at `place` (the first is 1; None: not in line).
    """

    session: UUID
    title: str
    kind: str
    is_prescribed: bool
    starts_at: datetime
    ends_at: datetime
    place_held: str
    led_by: tuple[str, ...]
    minutes: int
    taken: int
    capacity: int
    comes_to: str
    plain_sum: str
    placing: Placing
    fits_alone: bool = False
    waiting: int = 0
    place: int | None = None


@dataclass(frozen=True)
class MakeUps:
    """A person's week and what is left of it: the sessions `offered`, and those `refused` with their sentences."""

    patient: UUID
    time_zone: str
    monday: date
    is_over: bool
    week: WeekLedger
    offered: tuple[MakeUp, ...]
    refused: tuple[MakeUp, ...]

    @property
    def every(self) -> tuple[MakeUp, ...]:
        """All that is left of the week, what is offered first."""
        return (*self.offered, *self.refused)


@dataclass(frozen=True)
class TakenSeat:
    """What came of asking for a seat: it is theirs, or they stand in line at `place` (the first is 1)."""

    seat: UUID | None
    place: int | None = None
