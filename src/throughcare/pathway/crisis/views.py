"""A crisis as pages show it: what it is, whose it is, what is due, and its log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.knowledge.crisis.climb import LINES, acknowledge_by
from throughcare.knowledge.crisis.clock import Clock
from throughcare.knowledge.crisis.closing import Needed, may_close, still_needed
from throughcare.knowledge.crisis.dues import DUES
from throughcare.knowledge.crisis.entries import ALL as KINDS
from throughcare.knowledge.crisis.entries import choice_words
from throughcare.knowledge.crisis.sources import SOURCES
from throughcare.knowledge.safety import PRIORITY
from throughcare.knowledge.verdict import Verdict
from throughcare.pathway.crisis.crisis_rows import priority_in_force
from throughcare.pathway.crisis.dues import lines_of
from throughcare.records.crises import Crisis, CrisisEntry, CrisisPage, CrisisTaking

UNKNOWN = "Not known yet"


@dataclass(frozen=True)
class DueView:
    """Something due: its words, by when, and whether that is past; `met_at` once it was done."""

    kind: str
    words: str
    due_at: datetime
    is_late: bool
    met_at: datetime | None


@dataclass(frozen=True)
class LogLine:
    """One line of the log, in the order in which it happened; `written_at` (`later` says of what) came after it."""

    at: datetime
    title: str
    who: str = ""
    words: str = ""
    tone: str = ""
    written_at: datetime | None = None
    later: str = "Written at"


@dataclass(frozen=True)
class CrisisView:
    """A crisis. `holder` is empty while nobody acknowledged it; `patient` is None while nobody knows whose it is."""

    uid: UUID
    patient: UUID | None
    name: str
    priority: str
    priority_word: str
    contact: str
    source: str
    words: str
    callback: str
    came_at: datetime
    raised_at: datetime
    raised_by: str
    site_name: str
    acknowledge_by: datetime
    is_late: bool
    holder: str
    holder_uid: UUID | None
    taken_at: datetime | None
    paged: tuple[str, ...]
    next_page_at: datetime | None
    dues: tuple[DueView, ...]
    missing: tuple[Needed, ...]
    closing: Verdict
    closed_at: datetime | None
    closed_by: str
    log: tuple[LogLine, ...]

    @property
    def standing(self) -> str:
        """Its status key."""
        if self.closed_at:
            return "closed"
        return "taken" if self.holder else "unacknowledged"

    @property
    def next_due(self) -> DueView | None:
        """What is due next and not done."""
        return min((due for due in self.dues if due.met_at is None), key=lambda due: due.due_at, default=None)


def with_rows(rows: Iterable[int]) -> "list[Crisis]":
    """Crises (keys) with all that a view reads; a query for each kind of row, however many crises."""
    found = Crisis.objects.filter(pk__in=list(rows)).select_related(
        "site", "patient", "recorded_by", "closing"
    )
    return list(
        found.select_related("closing__recorded_by")
        .prefetch_related(
            "pages__account",
            "pages__message",
            "takings__account",
            "entries__recorded_by",
            "dues__met_by",
        )
        .order_by("recorded_at", "pk")
    )


def view_of(row: Crisis, *, clock: Clock, at: datetime, with_log: bool = True) -> CrisisView:
    """A row that came out of `with_rows`, as pages show it."""
    entries = sorted(row.entries.all(), key=lambda one: (one.happened_at, one.pk))
    takings = sorted(row.takings.all(), key=lambda one: one.number)
    pages = sorted(row.pages.all(), key=lambda one: (one.recorded_at, one.pk))
    priority, holder = priority_in_force(row, entries), takings[-1] if takings else None
    bound = acknowledge_by(priority, raised_at=row.recorded_at, clock=clock)
    lines = lines_of(entries)
    is_named = row.patient_id is not None
    closing = getattr(row, "closing", None)
    return CrisisView(
        uid=row.uid,
        patient=row.patient.uid if row.patient else None,
        name=row.patient.called if row.patient else row.said_name or UNKNOWN,
        priority=priority,
        priority_word=PRIORITY[priority].word,
        contact=PRIORITY[priority].contact,
        source=SOURCES[row.source],
        words=row.words,
        callback=row.callback,
        came_at=row.came_at,
        raised_at=row.recorded_at,
        raised_by=_name(row),
        site_name=row.site.name,
        acknowledge_by=bound,
        is_late=not takings and at > bound,
        holder=holder.account.name if holder else "",
        holder_uid=holder.account.uid if holder else None,
        taken_at=takings[0].recorded_at if takings else None,
        paged=tuple(dict.fromkeys(page.account.name for page in pages)),
        next_page_at=row.next_page_at if not takings else None,
        dues=_dues(row, at=at),
        missing=still_needed(priority, lines),
        closing=may_close(priority, lines, acknowledged=bool(takings), by_person=True, named=is_named),
        closed_at=closing.recorded_at if closing else None,
        closed_by=_name(closing),
        log=log_of(row, pages, takings, entries) if with_log else (),
    )


def _dues(row: Crisis, *, at: datetime) -> tuple[DueView, ...]:
    return tuple(
        DueView(
            due.kind,
            DUES[due.kind],
            due.due_at,
            due.met_by is None and at > due.due_at,
            due.met_by.happened_at if due.met_by else None,
        )
        for due in sorted(row.dues.all(), key=lambda one: one.due_at)
    )


def log_of(
    row: Crisis, pages: Sequence[CrisisPage], takings: Sequence[CrisisTaking], entries: Sequence[CrisisEntry]
) -> tuple[LogLine, ...]:
    """What happened, line by line."""
    entered = row.recorded_at if row.happened_at else None
    source = SOURCES[row.source]
    lines = [LogLine(row.came_at, source, _name(row), row.words, "wrong", entered, "Entered later, at")]
    lines += [_page_line(page) for page in pages]
    for taking in takings:
        title = "Acknowledged" if taking.number == 1 else "Taken over"
        lines.append(LogLine(taking.recorded_at, title, taking.account.name, tone="good"))
    lines += [_entry_line(entry) for entry in entries]
    closing = getattr(row, "closing", None)
    if closing:
        lines.append(LogLine(closing.recorded_at, "Closed", _name(closing), closing.words, "calm"))
    return tuple(sorted(lines, key=lambda line: line.at))


def _page_line(page: CrisisPage) -> LogLine:
    """A page says when it left; one that didn't yet says so."""
    as_line = LINES.get(page.line, "")
    title = f"Paged {page.account.name}" + (f" ({as_line})" if as_line else " again: not reached yet")
    sent = page.message.dispatched_at
    words = "" if sent else "Not sent yet" if page.message.settled_at is None else "Not needed any more"
    return LogLine(page.recorded_at, title, "", words, "" if sent else "watch", sent, "Left at")


def _entry_line(entry: CrisisEntry) -> LogLine:
    kind = KINDS[entry.kind]
    answer = choice_words(entry.kind, entry.choice) or entry.choice
    said = ". ".join(part for part in (answer, entry.whom, entry.words) if part)
    written = entry.recorded_at if entry.recorded_at != entry.happened_at else None
    return LogLine(entry.happened_at, kind.words, _name(entry), said, "", written)


def _name(row: "Crisis | CrisisEntry | object") -> str:
    account = getattr(row, "recorded_by", None)
    return account.name if account else ""
