"""What if: a proposal's effect on who gets their hours, and which single change would help most."""

from throughcare.timetable.what_if.best import best_proposals, helps
from throughcare.timetable.what_if.effects import Effect, effect
from throughcare.timetable.what_if.proposals import (
    CloseGroup,
    GroupSize,
    MoreRoom,
    MoreStaff,
    MoveGroup,
    OpenGroup,
    Proposal,
    StaffTime,
    say_proposal,
    with_proposal,
)

__all__ = [
    "CloseGroup",
    "Effect",
    "GroupSize",
    "MoreRoom",
    "MoreStaff",
    "MoveGroup",
    "OpenGroup",
    "Proposal",
    "StaffTime",
    "best_proposals",
    "effect",
    "helps",
    "say_proposal",
    "with_proposal",
]
