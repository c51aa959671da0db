"""Raises the calls for help that were kept on this machine's disk, beside the requests, once the database is back.

The crisis lane does the same; where it runs on another machine it does not see this disk.
"""

import logging
import threading
import time

from django.db import close_old_connections
from django.utils import timezone

from throughcare.pathway.crisis.kept_calls import kept_calls, raise_kept_calls

LOOKS_EVERY_SECONDS = 2.0
log = logging.getLogger("throughcare.away")


def keep_raising() -> None:
    """Look every few seconds for as long as this server process lives."""
    threading.Thread(target=_look_on, name="calls kept on disk", daemon=True).start()


def _look_on() -> None:
    while True:
        try:
            if kept_calls():
                close_old_connections()
                raise_kept_calls(at=timezone.now())
        except Exception:
            log.warning("calls for help wait on disk: the database is still away")
        time.sleep(LOOKS_EVERY_SECONDS)
