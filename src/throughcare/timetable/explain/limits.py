"""What limits one person's week: each a fact that could be otherwise, named so that it can be set aside."""

from typing import NamedTuple

from throughcare.timetable.problem import SlotKey

FREE = "free"
SEAT = "seat"
OPEN = "open"
STAFF = "staff"
STARTS = "starts"
VARIANT = "variant"
CLOSED = "closed"
APART = "apart"
NEVER = "never"
KEEP = "keep"
LONGEST = "longest"
DAYS = "days"

# Facts of the person's life; all others are the clinic's.
LIFE = frozenset({FREE, LONGEST, DAYS})


class Limit(NamedTuple):
    """One fact that stands in the way of something.

    FREE: they can't come on a day, or not all of it. SEAT: a group (`slot`) has no seat left. OPEN: no other group of
    a type (`name`) meets on a day. STAFF: whom a one-to-one (`name`) is with has no time that day. STARTS: the
    one-to-one may begin only at certain times. VARIANT: not all variants of a type are theirs. CLOSED: the group
    takes nobody new. APART, NEVER: someone (`name`) they must not meet. KEEP: the group could not meet without them.
    LONGEST, DAYS: the longest day, the most days.
    """

    family: str
    name: str = ""
    day: int = -1
    slot: SlotKey | None = None
