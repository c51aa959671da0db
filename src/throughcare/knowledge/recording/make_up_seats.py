"""Giving back a make-up seat that was given by mistake. [ours]

A plan may be undone until its session begins, a slip of the hand on the day it was made. What happened is not.
"""

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.verdict import Allowed, Refused, Verdict


def check_give_back(
    *, is_make_up: bool, has_begun: bool, given_today: bool, status: str | None, has_note: bool
) -> Verdict:
    """Whether a make-up seat may be given back; `status` is the attendance as it stands, None where none is taken."""
    if not is_make_up:
        return Refused("This seat is no make-up. Release it from the person's week.")
    if has_note:
        return Refused("A note of this session is signed for this person: the seat stays. Add an addendum.")
    if status is not None and STATUSES[status].minutes_count:
        return Refused("Attendance says that this person came. Correct the attendance first.")
    if has_begun and not given_today:
        return Refused(
            "The session has begun, and the seat was given on an earlier day. Record excused or no-show instead."
        )
    return Allowed()
