"""When each piece of due work last ran, and what it said."""

from dataclasses import dataclass
from datetime import datetime

from throughcare.records.accesses import WorkerBeat


@dataclass(frozen=True)
class Beat:
    """The last run of one piece of due work; `trouble` is empty when it went well."""

    work: str
    ran_at: datetime
    trouble: str


def record_beat(work: str, *, at: datetime, took_ms: int = 0, trouble: str = "") -> None:
    """Note that a piece of work ran."""
    WorkerBeat.objects.update_or_create(
        work=work, defaults={"ran_at": at, "took_ms": took_ms, "trouble": trouble[:300]}
    )


def last_beats() -> list[Beat]:
    """Every piece of work that ever ran here."""
    return [Beat(beat.work, beat.ran_at, beat.trouble) for beat in WorkerBeat.objects.order_by("work")]
