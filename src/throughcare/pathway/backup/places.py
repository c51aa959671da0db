"""Where backups are kept: a place to which things are added, and in which nothing is ever written over."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from throughcare.pathway.backup.sealing import Broken
from throughcare.pathway.cannot import Cannot

INCOMING = "incoming"


class Taken(Cannot):
    """Something of this name is there already: another backup is being written."""


class Place(Protocol):
    """Things under names such as `packs/0000000/0000000001`; `named` is what people call the place."""

    named: str

    def add(self, name: str, content: bytes) -> None:
        """Keep it, whole or not at all, on the disk before this returns. Raises `Taken`."""

    def read(self, name: str, start: int = 0, length: int | None = None) -> bytes:
        """A part of it, or all. Raises `Broken` when it is not there or too short."""

    def names(self, under: str) -> Iterator[str]:
        """Every name that begins so, in order."""

    def last(self, under: str) -> str | None:
        """The last name that begins so."""

    def remove(self, name: str) -> int:
        """Let it go; the bytes that it had, 0 when it was gone already. Only pruning asks for it."""


class Folder:
    """A folder on a disk that is not the data's, or on another machine."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.named = str(root)

    def add(self, name: str, content: bytes) -> None:
        """Written beside, synced, then given its name: a power cut leaves no half of it."""
        target = self.root / name
        beside = self.root / INCOMING
        for folder in (beside, target.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=beside)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            # A link, unlike a rename, never takes the place of what is there.
            os.link(temporary, target)
        except FileExistsError:
            raise taken(name) from None
        finally:
            Path(temporary).unlink(missing_ok=True)
        for folder in (target.parent, target.parent.parent):
            _sync(folder)

    def read(self, name: str, start: int = 0, length: int | None = None) -> bytes:
        """A part of it, or all."""
        try:
            with (self.root / name).open("rb") as file:
                file.seek(start)
                found = file.read(-1 if length is None else length)
        except FileNotFoundError:
            raise Broken(f"{name} is missing from the backups.") from None
        except OSError as error:
            raise Broken(f"{name} can't be read from the backups: {error.strerror}.") from None
        if length is not None and len(found) != length:
            raise Broken(f"{name} is shorter than it was written.")
        return found

    def names(self, under: str) -> Iterator[str]:
        """Every name that begins so, in order."""
        for folder in self._shelves(under):
            yield from (f"{under}/{folder.name}/{one.name}" for one in _numbered(folder))

    def last(self, under: str) -> str | None:
        """The last name that begins so."""
        for folder in reversed(self._shelves(under)):
            newest = max((one.name for one in _numbered(folder)), default=None)
            if newest is not None:
                return f"{under}/{folder.name}/{newest}"
        return None

    def remove(self, name: str) -> int:
        """Let it go; the bytes that it had, 0 when it was gone already."""
        file = self.root / name
        size = file.stat().st_size if file.exists() else 0
        file.unlink(missing_ok=True)
        return size

    def _shelves(self, under: str) -> list[Path]:
        top = self.root / under
        return [one for one in _numbered(top) if one.is_dir()] if top.is_dir() else []


def _numbered(folder: Path) -> list[Path]:
    """What this program put there; file managers leave things of their own beside it."""
    return sorted(one for one in folder.iterdir() if one.name.isdecimal())


def taken(name: str) -> Taken:
    """The refusal to write over something."""
    return Taken(f"{name} is there already: another backup is being written here. Try again.")


def numbered(under: str, number: int) -> str:
    """The name of a numbered thing: a thousand to a shelf, so that no folder grows without end."""
    return f"{under}/{number // 1000:07d}/{number:010d}"


def number_of(name: str) -> int:
    """The number in a name."""
    return int(name.rpartition("/")[2])


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
