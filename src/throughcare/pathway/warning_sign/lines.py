"""A sign in the words of a page: what was seen, since when, what is due by when, whose it is, and what was tried."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.knowledge.referring.referrals import OUTCOMES
from throughcare.knowledge.roles import ALL as ROLES
from throughcare.knowledge.warning_signs.acts import ACTS, REASONS
from throughcare.knowledge.warning_signs.kinds import KIND
from throughcare.records.signs import SignAct, WarningSign

ENDINGS = {
    "acted": "Settled",
    "dismissed": "Dismissed",
    "withdrawn": "Withdrawn by new facts",
    "discharged": "Ended with the stay",
}


@dataclass(frozen=True)
class Done:
    """One thing that somebody did about a sign."""

    at: datetime
    by: str
    words: str


@dataclass(frozen=True)
class SignLine:
    """One sign; `sign` names it in an address. `ended` is empty while it stands."""

    sign: UUID
    code: str
    title: str
    because: str
    since: datetime
    due_at: datetime
    first_step_by: datetime | None
    owner: str
    is_high: bool
    is_red: bool
    action: str
    done: tuple[Done, ...]
    ended: str = ""
    ended_at: datetime | None = None
    ended_because: str = ""


def lines_of(rows: Iterable[WarningSign], *, at: datetime) -> dict[int, list[SignLine]]:
    """Rows as lines, by patient (key), in the order of the rows; one question for all that was done."""
    found = list(rows)
    acts = _acts({row.thread for row in found})
    lines: dict[int, list[SignLine]] = defaultdict(list)
    for row in found:
        lines[row.patient_id].append(_line(row, acts, at))
    return lines


def _acts(threads: Collection[UUID]) -> dict[UUID, tuple[Done, ...]]:
    rows = SignAct.objects.filter(sign__thread__in=threads).select_related("recorded_by", "sign")
    found: dict[UUID, list[Done]] = defaultdict(list)
    for row in rows.order_by("recorded_at", "pk"):
        by = row.recorded_by.name if row.recorded_by else ""
        found[row.sign.thread].append(Done(row.recorded_at, by, _said(row)))
    return {thread: tuple(done) for thread, done in found.items()}


def _said(row: SignAct) -> str:
    what = OUTCOMES[row.outcome].title.lower() if row.outcome else REASONS.get(row.reason, "").lower()
    words = f" {row.words}" if row.words else ""
    return f"{ACTS[row.act].done}{f': {what}' if what else ''}.{words}"


def _line(row: WarningSign, acts: Mapping[UUID, tuple[Done, ...]], at: datetime) -> SignLine:
    kind = KIND[row.code]
    return SignLine(
        sign=row.thread,
        code=row.code,
        title=kind.title,
        because=row.because,
        since=row.since,
        due_at=row.due_at,
        first_step_by=row.first_step_by,
        owner=ROLES[row.owner_role].title,
        is_high=row.risk == "high",
        is_red=row.ended_at is None and at > row.due_at,
        action=kind.action,
        done=acts.get(row.thread, ()),
        ended=ENDINGS.get(row.ended_how, ""),
        ended_at=row.ended_at,
        ended_because=row.ended_because,
    )
