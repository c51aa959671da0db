"""Checks that a medication asks for: laboratory values, and asking those under 25 on an antidepressant how they are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.knowledge.medications.due import Due

LABELS = "labels of the products (general knowledge); intervals: program default"


@dataclass(frozen=True)
class Phase:
    """Until so many days after the start (None: from then on) a check is due every `every` days."""

    until: int | None
    every: int


@dataclass(frozen=True)
class Check:
    """One check. `first` is its day counted from the start; `anew`: a change of the dose starts the count again.

    `younger_than` None: for everyone. After the last phase nothing more is due.
    """

    code: str
    title: str
    ask: str
    first: int
    phases: tuple[Phase, ...]
    source: str
    anew: bool = False
    younger_than: int | None = None
    owner: str = "nurse"


ROWS = (
    Check(
        "lithium_level",
        "Lithium level",
        "Blood taken 12 hours after a dose.",
        7,
        (Phase(28, 7), Phase(None, 90)),
        LABELS,
        anew=True,
    ),
    Check(
        "lithium_organs",
        "Kidneys, thyroid and calcium",
        "Creatinine, TSH and calcium in the blood.",
        0,
        (Phase(None, 180),),
        LABELS,
    ),
    Check(
        "valproate_level",
        "Valproate level",
        "Blood taken before a dose.",
        7,
        (Phase(28, 14), Phase(None, 180)),
        LABELS,
        anew=True,
    ),
    Check(
        "valproate_organs",
        "Liver and platelets",
        "Liver enzymes and a blood count.",
        0,
        (Phase(180, 30), Phase(None, 180)),
        LABELS,
    ),
    Check(
        "clozapine_anc",
        "Neutrophils",
        "Absolute neutrophil count.",
        0,
        (Phase(182, 7), Phase(364, 14), Phase(None, 28)),
        "label of clozapine: weekly for 26 weeks, every 2 weeks until a year, then every 4 weeks (general knowledge)",
    ),
    Check("liver", "Liver", "Liver enzymes in the blood.", 0, (Phase(28, 14), Phase(None, 180)), LABELS),
    Check(
        "kidneys_acamprosate",
        "Kidneys",
        "Creatinine clearance: a lower dose at 30 to 50 mL/min, none at 30 or below.",
        0,
        (Phase(None, 365),),
        LABELS,
    ),
    Check(
        "under_25",
        "Under 25 on an antidepressant",
        "Ask about thoughts of suicide, restlessness, sleep, and how they are since the start or the change.",
        7,
        (Phase(28, 7), Phase(56, 14), Phase(84, 28)),
        "FDA boxed warning on antidepressants; schedule of the FDA's advisory of 2004 (general knowledge)",
        anew=True,
        younger_than=25,
        owner="prescriber",
    ),
)
ALL: dict[str, Check] = {row.code: row for row in ROWS}


def check_due(
    check: Check,
    *,
    name: str,
    thread: str,
    began: date,
    changed: date | None,
    done: Collection[date],
    age: int | None,
) -> Due | None:
    """The next time that a check is due; None when nothing more is, or when it isn't for this age.

    Counted from the start, or from the last change of the dose where the check says so. An unknown age counts as young.
    """
    if check.younger_than is not None and age is not None and age >= check.younger_than:
        return None
    start = max(began, changed) if check.anew and changed else began
    since = [day for day in done if day >= start]
    day = _after(check, start, max(since)) if since else start + timedelta(days=check.first)
    if day is None:
        return None
    because = (
        f"{name}: last done on {max(since):%B} {max(since).day}."
        if since
        else f"{name}: not done since {start:%B} {start.day}."
    )
    return Due("check:" + check.code, check.title, because, day, check.owner, check.source, thread)


def _after(check: Check, start: date, last: date) -> date | None:
    """The day after `last` by the phase that `last` lies in; None past the end of the last phase."""
    since = (last - start).days
    for phase in check.phases:
        if phase.until is None or since < phase.until:
            return last + timedelta(days=phase.every)
    return None
