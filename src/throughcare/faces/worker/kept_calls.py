"""Calls for help that wait on disk: raised at once, or told past the queue while the database is away."""

import logging
import threading
import time
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings

from throughcare.faces.worker.channels import channels
from throughcare.pathway.crisis.kept_calls import kept_calls, oldest_waits, raise_kept_calls

TOLD_AFTER = timedelta(seconds=5)
AGAIN_SECONDS = 300.0
SUBJECT = "Alarm: calls wait"
WORDS = (
    "Somebody called for help while the program can't reach its database. The call is kept and nobody was paged. "
    "Start the downtime procedure: look at the packet and call who is on duty."
)
log = logging.getLogger("throughcare.worker")
_told = float("-inf")


def raise_or_tell(at: datetime) -> str:
    """Raise what was kept. While that can't be done, tell those who are named for alarms: it needs no database."""
    try:
        return raise_kept_calls(at=at)
    except Exception:
        if kept_calls() and oldest_waits(at=at) >= TOLD_AFTER:
            _tell_again()
        raise


def _tell_again() -> None:
    """Tell it beside the lane's work, and again after a while."""
    global _told
    if time.monotonic() - _told >= AGAIN_SECONDS:
        _told = time.monotonic()
        log.critical("calls for help wait on disk and the database is away")
        threading.Thread(target=tell, name="calls that wait", daemon=True).start()


def tell() -> int:
    """Call for people by every way there is; how many took it. It names nobody."""
    ways, told = channels(), 0
    for address in settings.ALARM_TO:
        for way in ("email",) if "@" in address else ("text", "phone"):
            if way in ways:
                ways[way].send(address, SUBJECT, WORDS, same=str(uuid4()), attempt=uuid4())
                told += 1
    return told
