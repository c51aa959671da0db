"""Messages that are not urgent leave in a thread of their own: due work that takes long holds none of them up."""

import logging
import threading

from django.db import close_old_connections
from django.utils import timezone

from throughcare.faces.worker.channels import channels
from throughcare.faces.worker.lane import Lane

TICK_SECONDS = 2.0
PLACES = 6
log = logging.getLogger("throughcare.worker")


class OrdinaryLane(threading.Thread):
    """Sends until the process ends."""

    def __init__(self, ended: threading.Event) -> None:
        super().__init__(name="ordinary messages", daemon=True)
        self._ended = ended
        self._lane = Lane(channels(), urgent=False, places=PLACES)

    def run(self) -> None:
        """A turn each tick, sooner when something ended."""
        while not self._ended.is_set():
            try:
                close_old_connections()
                self._lane.turn(timezone.now())
            except Exception:
                log.exception("ordinary messages could not leave in this round")
            if not self._lane.wait(TICK_SECONDS):
                self._ended.wait(TICK_SECONDS)
