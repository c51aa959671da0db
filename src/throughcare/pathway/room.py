"""Room on the disk: a file holds some back, and is let go when the rest is gone, so that a crisis finds a place."""

import fcntl
import logging
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

RESERVE = "reserve"
MEGABYTE = 1024 * 1024
RESERVE_BYTES = 32 * MEGABYTE
# Below this nothing ordinary is written any more; what is left, and the reserve, are a crisis's.
FLOOR_BYTES = 8 * MEGABYTE
# The reserve is held again once this much is free beside it.
PLENTY_BYTES = 4 * RESERVE_BYTES
LOW_SHARE = 0.10
log = logging.getLogger("throughcare.room")


@dataclass(frozen=True)
class Room:
    """Bytes where the data is; `is_held` while the reserve is there."""

    free: int
    total: int
    is_held: bool

    @property
    def is_low(self) -> bool:
        """Whether somebody should make room soon."""
        return self.free < LOW_SHARE * self.total

    @property
    def is_short(self) -> bool:
        """Whether only what a crisis needs may still be written."""
        return self.free < FLOOR_BYTES or (not self.is_held and self.free < RESERVE_BYTES)


def room() -> Room:
    """How much room there is."""
    usage = shutil.disk_usage(settings.DATA)
    return Room(usage.free, usage.total, _reserve().exists())


def keep_reserve() -> str:
    """Hold the reserve while there is plenty, let it go when there is none; in words. Due work of the crisis lane."""
    found = room()
    if found.is_held and found.free < FLOOR_BYTES:
        let_reserve_go()
        return "the reserve was let go"
    if not found.is_held and found.free > PLENTY_BYTES:
        hold_reserve()
        return "the reserve is held"
    return "nothing to do"


def hold_reserve() -> None:
    """Fill the reserve, unless another lane is at it: zeros would be left out by some disks."""
    unfinished = _reserve().with_suffix(".new")
    try:
        with unfinished.open("ab") as file:
            if not _is_mine(file):
                return
            if _reserve().exists():
                unfinished.unlink(missing_ok=True)
                return
            file.truncate(0)
            for _ in range(RESERVE_BYTES // MEGABYTE):
                file.write(os.urandom(MEGABYTE))
            file.flush()
            os.fsync(file.fileno())
            unfinished.rename(_reserve())
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def _is_mine(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def let_reserve_go() -> bool:
    """Give the reserve's room to what comes now; whether there was one."""
    try:
        _reserve().unlink()
    except FileNotFoundError:
        return False
    log.critical("the disk is full: the reserve was let go")
    return True


def _reserve() -> Path:
    return Path(settings.DATA) / RESERVE
