"""The crisis lane, a process of its own: `python -m throughcare.faces.worker.crisis_lane`.

Nothing that is slow runs here: what is urgent is sent, and crises that nobody answers climb.
"""

import logging
import os
import signal
import threading
import time
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from throughcare.faces.worker.lane import Lane

NAME = "crisis lane"
TICK_SECONDS = 2.0
BEATS_EVERY_SECONDS = 5.0
PLACES = 24
LAST_SECONDS = 5.0
log = logging.getLogger("throughcare.worker")


def main() -> int:
    """Run until a signal or the end of the parent ends it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.settings")
    import django

    django.setup()
    from django.utils import timezone

    from throughcare.faces.worker.channels import channels
    from throughcare.faces.worker.lane import Lane
    from throughcare.faces.worker.watchdog import Watchdog
    from throughcare.postgres import people_wait

    people_wait()
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    parent = os.getppid()
    Watchdog(ended).start()
    lane = Lane(channels(), urgent=True, places=PLACES)
    round_of = Round(lane)
    while not ended.is_set() and os.getppid() == parent:
        until = time.monotonic() + TICK_SECONDS
        round_of.run()
        # Whatever ended is written down at once; what came meanwhile is taken along.
        while not ended.is_set() and (left := until - time.monotonic()) > 0:
            if lane.wait(left):
                round_of.turn()
            else:
                ended.wait(left)
    lane.end(LAST_SECONDS, timezone.now())
    return 0


class Round:
    """One tick: climb, send, and now and then a beat by which others know that this lane lives."""

    def __init__(self, lane: "Lane") -> None:
        self.lane = lane
        self._beaten = float("-inf")

    def run(self) -> None:
        """The whole tick; the database may be away for a while, then the next tick tries again."""
        from django.db import close_old_connections
        from django.utils import timezone

        from throughcare.faces.worker.urgent_work import URGENT_WORK

        close_old_connections()
        for work in URGENT_WORK:
            try:
                work(timezone.now())
            except Exception:
                log.exception("urgent work failed")
        self.turn()
        try:
            self._beat(timezone.now())
        except Exception:
            log.exception("the crisis lane could not leave its beat")

    def turn(self) -> None:
        """Write down and send."""
        from django.utils import timezone

        try:
            self.lane.turn(timezone.now())
        except Exception:
            log.exception("a round of the crisis lane failed")
            time.sleep(0.2)

    def _beat(self, at: datetime) -> None:
        from throughcare.pathway.due_work import record_beat

        if time.monotonic() - self._beaten >= BEATS_EVERY_SECONDS:
            record_beat(NAME, at=at)
            self._beaten = time.monotonic()


if __name__ == "__main__":
    raise SystemExit(main())
