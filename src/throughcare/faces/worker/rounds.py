"""One round of the worker: everything in the table that is due."""

import logging
import time
from datetime import datetime

from django.db import close_old_connections
from django.utils import timezone

from throughcare.faces.worker.due_work import TABLE, Work
from throughcare.pathway.due_work import last_beats, record_beat

log = logging.getLogger("throughcare.worker")


def run_round() -> None:
    """Run what is due now, and leave a heartbeat."""
    close_old_connections()
    now = timezone.now()
    try:
        ran = {beat.work: beat.ran_at for beat in last_beats()}
        for work in TABLE:
            if work.name not in ran or now - ran[work.name] >= work.every:
                run_work(work, now)
        record_beat("worker", at=now)
    except Exception:  # the database may be away for a while; the next round tries again
        log.exception("a round of the worker failed")


def run_work(work: Work, now: datetime) -> None:
    """Run one piece; a failure is written down where `throughcare check` shows it."""
    began = time.monotonic()
    trouble = ""
    try:
        work.run(now)
    except Exception as error:
        log.exception("due work failed: %s", work.name)
        trouble = type(error).__name__
    record_beat(work.name, at=now, took_ms=int((time.monotonic() - began) * 1000), trouble=trouble)
