"""When a crisis may be closed: what its priority asks for is there, and a person says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from throughcare.knowledge.crisis.dues import Line, met_by
from throughcare.knowledge.crisis.entries import DISPOSITION
from throughcare.knowledge.safety import CRISIS
from throughcare.knowledge.verdict import Allowed, Refused, Verdict


@dataclass(frozen=True)
class Needed:
    """One thing that a priority asks for before closing: its words, and the kind of entry that does it."""

    words: str
    kind: str


DONE_WHEN: dict[str, tuple[Needed, ...]] = {
    "P1": (
        Needed("Write where the person is now: the disposition", "disposition"),
        Needed("Hand off to somebody named", "handoff"),
        Needed("Speak with the person again after the handoff", "follow_up"),
    ),
    "P2": (
        Needed("Ask the C-SSRS", "screened"),
        Needed("Check the safety plan with the person", "plan_checked"),
    ),
    "P3": (Needed("Write what came of the outreach", "outreach"),),
    "P4": (Needed("Write what was answered", "answer"),),
}


def still_needed(priority: str, log: Sequence[Line]) -> tuple[Needed, ...]:
    """What is missing before a crisis of this priority may be closed, in the order in which it is done."""
    return tuple(needed for needed in DONE_WHEN[priority] if not _is_there(needed, log))


def may_close(
    priority: str, log: Sequence[Line], *, acknowledged: bool, by_person: bool, named: bool = True
) -> Verdict:
    """Whether a crisis may be closed: by a person, acknowledged, with all that its priority asks for.

    `named`: we know whom it is about. Of somebody whom nobody knows no more is asked than what became of them.
    """
    if not by_person:
        return Refused("A person closes a crisis, never the program.", cite=CRISIS)
    if not acknowledged:
        return Refused("Take it first: nobody has acknowledged it.", cite=CRISIS)
    missing = still_needed(priority, log)
    if not named:
        missing = tuple(needed for needed in missing if needed.kind != "follow_up")
    if missing:
        words = "; ".join(needed.words[0].lower() + needed.words[1:] for needed in missing)
        return Refused(f"Before you close it: {words}.", cite=CRISIS)
    return Allowed()


def _is_there(needed: Needed, log: Sequence[Line]) -> bool:
    if needed.kind == "follow_up":
        died = any(
            line.kind == "disposition"
            and line.choice in DISPOSITION
            and DISPOSITION[line.choice].ends_contact
            for line in log
        )
        return died or met_by("follow_up", log) is not None
    return any(line.kind == needed.kind for line in log)
