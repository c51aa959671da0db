"""What is offered to someone who missed hours: the sessions left in a week, each with its verdict."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.hours import WeekLedger
from throughcare.pathway.week.placing import Placing


@dataclass(frozen=True)
class MakeUp:
    """A session that could make up for a missed one; `comes_to` is the week's sum with it, in words."""

    session: UUID
    title: str
    kind: str
    is_prescribed: bool
    starts_at: datetime
    ends_at: datetime
    place: str
    led_by: tuple[str, ...]
    minutes: int
    taken: int
    capacity: int
    comes_to: str
    placing: Placing


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
