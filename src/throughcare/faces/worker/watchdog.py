"""The watchdog: a thread in each lane that looks at the sending itself and calls for people past the queue."""

import logging
import threading
import time
import urllib.request
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from throughcare.faces.worker.channels import channels
from throughcare.pathway.holding import is_held
from throughcare.pathway.message.alarming import note_told, take_alarm, whom_to_tell
from throughcare.pathway.message.marking import ACCEPTED
from throughcare.pathway.message.watch import Alarm, alarms, room_alarms

LOOKS_EVERY_SECONDS = 5.0
PINGS_EVERY_SECONDS = 60.0
SUBJECT = "Alarm: messages"
log = logging.getLogger("throughcare.watchdog")


class Watchdog(threading.Thread):
    """Looks until the lane ends."""

    def __init__(self, ended: threading.Event) -> None:
        super().__init__(name="watchdog", daemon=True)
        self._ended = ended
        self._pinged = float("-inf")

    def run(self) -> None:
        """A round each few seconds; the database being away is told by the silence of the pings."""
        while not self._ended.wait(LOOKS_EVERY_SECONDS):
            try:
                close_old_connections()
                # A restored database that nobody has armed stands still on purpose, and may say nothing outside.
                if is_held():
                    continue
                found = look(timezone.now())
                if not found:
                    self._ping()
            except Exception:
                log.exception("the watchdog could not look")

    def _ping(self) -> None:
        """Tell somebody off this machine that all is well; they raise the alarm when it stops."""
        if settings.HEARTBEAT_URL.startswith("https://") and (
            time.monotonic() - self._pinged >= PINGS_EVERY_SECONDS
        ):
            self._pinged = time.monotonic()
            with urllib.request.urlopen(settings.HEARTBEAT_URL, timeout=10):  # noqa: S310  # https, as asked above
                pass


def look(at: datetime) -> tuple[Alarm, ...]:
    """Look once; whatever is wrong is told by every way that there is. All that is wrong."""
    found = (*alarms(at=at), *room_alarms())
    for alarm in found:
        raised = take_alarm(alarm, at=at)
        if raised is not None:
            log.critical("%s", alarm.in_words())
            note_told(raised, tell(alarm))
    return found


def tell(alarm: Alarm) -> int:
    """Send an alarm right away, past the queue that it is about; how many took it."""
    ways = channels()
    to = dict.fromkeys([*settings.ALARM_TO, *whom_to_tell(alarm.organization)])
    told = 0
    for address in to:
        for way in ("email",) if "@" in address else ("text", "phone"):
            if way in ways:
                outcome = ways[way].send(
                    address, SUBJECT, alarm.in_words(), same=str(uuid4()), attempt=uuid4()
                )
                told += outcome.came_to == ACCEPTED
    return told
