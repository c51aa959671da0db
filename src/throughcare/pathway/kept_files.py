"""What the database can't take now: kept sealed on disk, synced before anybody is told so, and written once it can be.

Each is written at least once: after a crash between writing it and taking its file away it comes again.
"""

import json
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from throughcare.keys import seal, unseal
from throughcare.pathway.room import let_reserve_go

CLAIMED = ".claimed"


def keep(folder: str, told: Mapping[str, object], *, place: str) -> None:
    """On the disk, name and all, before this returns. On a full disk the reserve is let go. Raises `OSError`."""
    sealed = seal(json.dumps(told, default=str), place=place)
    try:
        _write(folder, sealed)
    except OSError:
        if not let_reserve_go():
            raise
        _write(folder, sealed)


def kept(folder: str) -> list[Path]:
    """What is there, the oldest first, whether or not somebody is at it."""
    where = Path(settings.DATA) / folder
    return sorted(path for path in where.glob("*") if not path.name.startswith(".")) if where.is_dir() else []


def claimed(folder: str, *, stale_seconds: float) -> Iterator[Path]:
    """Each file for this process alone; what another one took and left lying so long is taken over."""
    for path in kept(folder):
        mine = _claim(path, stale_seconds)
        if mine is not None:
            yield mine


def give_back(path: Path) -> None:
    """Let somebody try again soon with a file that was claimed."""
    path.rename(path.with_name(path.name.removesuffix(CLAIMED)))


def read(path: Path, *, place: str) -> dict[str, Any]:
    """What stands in a file. Raises `CannotOpen` and `ValueError`."""
    told: dict[str, Any] = json.loads(unseal(path.read_text(encoding="utf-8"), place=place))
    return told


def _write(folder: str, sealed: str) -> None:
    where = Path(settings.DATA) / folder
    where.mkdir(parents=True, exist_ok=True)
    path = where / f"{time.time_ns()}-{uuid4().hex}"
    unfinished = where / f".{path.name}"
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
        _sync(where)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _claim(path: Path, stale_seconds: float) -> Path | None:
    try:
        if path.name.endswith(CLAIMED) and time.time() - path.stat().st_mtime < stale_seconds:
            return None
        mine = path if path.name.endswith(CLAIMED) else path.with_name(path.name + CLAIMED)
        path.rename(mine)
        os.utime(mine)
    except FileNotFoundError:
        return None
    return mine
