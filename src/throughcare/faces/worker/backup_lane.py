"""Backups as they come due, a process of its own: `python -m throughcare.faces.worker.backup_lane`.

Only where BACKUP_TO names a place. Nothing else waits for it, and a slow disk there holds no message up.
"""

import logging
import os
import signal
import threading
from typing import TYPE_CHECKING

from throughcare.knowledge.backups import BACKUP, EVERY

if TYPE_CHECKING:
    from throughcare.pathway.backup.taking import Taker

log = logging.getLogger("throughcare.backups")


def main() -> int:
    """Run until a signal or the end of the parent ends it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.settings")
    import django

    django.setup()
    from django.conf import settings

    from throughcare.pathway.backup.opening import open_place
    from throughcare.pathway.backup.sealing import BackupKeys
    from throughcare.pathway.backup.taking import Taker

    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    parent = os.getppid()
    taker = Taker(open_place(settings.BACKUP_TO), BackupKeys(settings.BACKUP_KEYS))
    while not ended.is_set() and os.getppid() == parent:
        take_one(taker)
        ended.wait(EVERY.total_seconds())
    return 0


def take_one(taker: "Taker") -> None:
    """Take one and leave a beat; what goes wrong is told by `throughcare check`, and tried again at the next turn."""
    from django.conf import settings
    from django.db import close_old_connections
    from django.utils import timezone

    from throughcare.pathway.cannot import Cannot
    from throughcare.pathway.due_work import record_beat
    from throughcare.pathway.holding import is_held

    close_old_connections()
    at, trouble = timezone.now(), ""
    try:
        if is_held():
            return
        taker.take(settings.DATA, at=at)
        record_beat(BACKUP, at=at)
    except Exception as error:  # the place or the database may be away for a while
        log.exception("a backup failed")
        # A refusal is a sentence about the place; anything else might quote what it met.
        trouble = str(error) if isinstance(error, Cannot) else type(error).__name__
    try:
        record_beat("taking backups", at=at, trouble=trouble)
    except Exception:
        log.exception("the backup lane could not leave its beat")


if __name__ == "__main__":
    raise SystemExit(main())
