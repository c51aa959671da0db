"""How a message leaves: the ways, their order when it is urgent, and what counts as arriving.

The ways are those of `privacy/safe_ways.py`, any of which a person may ask not to be used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class MessageWay:
    """One way: its words, which address it needs, and whether a provider tells that a message arrived by it."""

    code: str
    words: str
    needs: str
    tells_arrival: bool


ROWS = (
    MessageWay("text", "text message", "phone", tells_arrival=True),
    MessageWay("phone", "call that reads it aloud", "phone", tells_arrival=True),
    MessageWay("email", "e-mail", "email", tells_arrival=False),
)
ALL: Mapping[str, MessageWay] = {row.code: row for row in ROWS}

# A text is seen soonest, a call wakes, an e-mail needs no phone.
WHEN_URGENT = ("text", "phone", "email")
OTHERWISE = ("email",)

# A worker that was killed gives its work back after this; longer than any provider may take.
LEASE = timedelta(seconds=15)
PROVIDER_SECONDS = 10.0
# Nothing is leased for longer, and nothing urgent waits for longer, unless the machine's clock was put back meanwhile:
# then it is due. Workers' own clocks may lie this far apart.
LONGEST_LEASE = 2 * LEASE
LONGEST_URGENT_WAIT = timedelta(minutes=5)
# Something urgent whose provider has not said yes by then leaves by the next way beside it, whatever holds it up: a
# provider that hangs, or a worker that was killed with it in hand.
PATIENCE = timedelta(seconds=6)
# Beside the first way, not after it: nobody waits for a receipt while time runs.
RECEIPT_WAIT = timedelta(seconds=30)
# What may have arrived or not is not sent again before this: a provider that took it says so within seconds.
IN_DOUBT, ORDINARY_IN_DOUBT = timedelta(seconds=5), LEASE
MOST_TRIES = 5
# Between the tries of one way. The next way of something urgent doesn't wait for them.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (2, 5, 15, 60))
ORDINARY_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
# What the watchdog waits before it calls for people.
UNDISPATCHED = timedelta(seconds=30)
SILENT = timedelta(seconds=20)
UNRECEIVED = timedelta(seconds=60)


def pause_in_doubt(*, urgent: bool) -> timedelta:
    """How long a way waits for a receipt that spares the second copy."""
    return IN_DOUBT if urgent else ORDINARY_IN_DOUBT


def pause_after(tries: int, *, urgent: bool) -> timedelta:
    """How long a way rests after so many tries failed."""
    pauses = PAUSES if urgent else ORDINARY_PAUSES
    return pauses[min(tries, len(pauses)) - 1]
