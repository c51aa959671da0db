"""One round of the worker: everything in the table that is due."""

import logging
import time
from datetime import datetime, timedelta

from django.db import close_old_connections
from django.utils import timezone

from throughcare.faces.worker.due_work import TABLE, Work
from throughcare.pathway.due_work import last_beats, record_beat
from throughcare.pathway.holding import is_held

log = logging.getLogger("throughcare.worker")


def run_round() -> None:
    """Run what is due now, and leave a heartbeat."""
    close_old_connections()
    now = timezone.now()
    try:
        ran = {beat.work: beat.ran_at for beat in last_beats()}
        for work in work_of(is_held()):
            if is_due(work, ran.get(work.name), now):
                run_work(work, now)
        record_beat("worker", at=now)
    except Exception:  # the database may be away for a while; the next round tries again
        log.exception("a round of the worker failed")


def is_due(work: Work, ran_at: datetime | None, now: datetime) -> bool:
    """Whether its time has come; also when it ran in the future, because the machine's clock was put back since."""
    return ran_at is None or not timedelta(0) <= now - ran_at < work.every


def work_of(held: bool) -> list[Work]:
    """All of it; in a restored database that nobody has armed only what tells and asks nobody anything."""
    return [work for work in TABLE if work.also_held or not held]


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
