"""What proof of presence says about attendance: when someone came, and whether they left. [ours]

A proof that says too little is never taken over: it waits for the facilitator's own tap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from throughcare.knowledge.recording.attendance_taps import Came, arrived, status_of

Way = Literal["code", "kiosk", "video"]


@dataclass(frozen=True)
class Proof:
    """One coming, in minutes since the session's start; `left` is None unless the person said that they left."""

    way: str
    came: int
    last_seen: int
    left: int | None = None


@dataclass(frozen=True)
class Proven:
    """What the proofs of one person come to: `came` for the attendance, or `doubt` says why it is left to a tap.

    `seen_minutes` are those of the session in which they were there by video for sure.
    """

    came: Came | None
    doubt: str
    first: Proof
    seen_minutes: int


def proven(
    proofs: Sequence[Proof], *, now: int, length: int, treatment_minutes: int, late_from: int, silent: int
) -> Proven | None:
    """What one person's proofs say at minute `now` of a session of `length` minutes; None without any."""
    if not proofs:
        return None
    ordered = sorted(proofs, key=lambda one: one.came)
    first, last = (
        ordered[0],
        max(ordered, key=lambda one: one.left if one.left is not None else one.last_seen),
    )
    seen = _covered([(one.came, one.left or one.last_seen) for one in ordered if one.way == "video"], length)
    if first.came >= length:
        return Proven(None, "Came after the end.", first, seen)
    came = arrived(first.came, late_from=late_from, treatment_minutes=treatment_minutes)
    if last.way != "video":
        return Proven(came, "", first, seen)
    if last.left is not None:
        missed = length - last.left
        if missed < late_from:
            return Proven(came, "", first, seen)
        rest = treatment_minutes - came.late_minutes
        if rest < 2:
            return Proven(None, "Hardly there: say yourself how they came.", first, seen)
        left = min(missed, rest - 1)
        return Proven(Came(status_of(came.late_minutes, left), came.late_minutes, left), "", first, seen)
    if min(now, length) - last.last_seen > silent:
        return Proven(None, "No sign since: say yourself how they came.", first, seen)
    return Proven(came, "", first, seen)


def _covered(spans: Sequence[tuple[int, int]], length: int) -> int:
    """The minutes of the session that at least one span covers."""
    total, reached = 0, 0
    for begins, ends in sorted(spans):
        begins, ends = max(begins, reached), min(ends, length)
        if ends > begins:
            total, reached = total + ends - begins, ends
    return total
