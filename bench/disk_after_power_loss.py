"""What may be on a disk after the power went: from a record of writes, cuts and syncs, and dice.

The model: a sync that returned makes durable what was written to its file before it began. Everything later is there
by chance, each write for itself, in any order, whole or torn at a sector. A file is there for certain once it or its
folder was synced; that a file was removed, once its folder was.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SECTOR = 512
SHARED_MEMORY = "-shm"
_LINE = re.compile(
    r"^(?P<pid>\d+)\s+(?P<at>\d+\.\d+) (?P<call>\w+)\((?P<rest>.*)$|"
    r"^(?P<pid2>\d+)\s+(?P<at2>\d+\.\d+) <\.\.\. (?P<resumed>\w+) resumed>(?P<rest2>.*)$"
)
_FILE = re.compile(r"^\d+<(?P<path>[^>]*)>")
_BYTES = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Event:
    """One thing done to one file. `began` is, for a sync, how many events had ended when it was asked for."""

    kind: str  # write, cut, sync, made, removed
    name: str
    at: float
    offset: int = 0
    data: bytes = b""
    began: int = 0


def read_trace(path: Path, folder: Path) -> list[Event]:
    """The events of a record by strace, in the order in which they ended."""
    events: list[Event] = []
    open_calls: dict[str, tuple[str, str, int]] = {}
    with path.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            found = _LINE.match(line)
            if found is None:
                continue
            if found["call"]:
                call, said, began = found["call"], found["rest"], len(events)
                if said.rstrip().endswith("<unfinished ...>"):
                    open_calls[found["pid"]] = (call, said.rsplit("<unfinished", 1)[0], began)
                    continue
            else:
                call, said, began = open_calls.pop(found["pid2"])
                said += found["rest2"]
            events += _event(call, said, float(found["at"] or found["at2"]), began, folder)
    return events


def _event(call: str, said: str, at: float, began: int, folder: Path) -> Iterator[Event]:
    result = said.rpartition("= ")[2]
    if result.startswith(("-1", "?")):
        return
    if call in ("openat", "unlink"):
        name = bytes.fromhex(_BYTES.findall(said)[0].replace("\\x", "")).decode()
        if call == "unlink" or "O_CREAT" in said:
            yield Event("removed" if call == "unlink" else "made", _short(name, folder), at)
        return
    file = _FILE.match(said)
    if file is None:
        return
    name = _short(_plain(file["path"]), folder)
    if name.endswith(SHARED_MEMORY):
        return
    if call in ("fsync", "fdatasync"):
        yield Event("sync", name, at, began=began)
    elif call == "ftruncate":
        yield Event("cut", name, at, offset=int(said.split(",")[1].split(")")[0]))
    elif call == "pwrite64":
        words = _BYTES.search(said)
        assert words is not None
        data = bytes.fromhex(words[1].replace("\\x", ""))
        offset = int(said[words.end() :].split(",")[2].split(")")[0])
        yield Event("write", name, at, offset=offset, data=data[: int(result)])
    else:
        raise ValueError(f"the model doesn't know {call} on {name}")


def _plain(path: str) -> str:
    """A path as strace gives it: with -xx in hexadecimal."""
    return bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path


def _short(path: str, folder: Path) -> str:
    return path.removeprefix(f"{folder}/") if path != str(folder) else "."


class Disk:
    """The files as somebody may find them after these events."""

    def __init__(
        self, before: Mapping[str, bytes], events: Sequence[Event], *, dice: random.Random, lies: bool = False
    ) -> None:
        """`lies`: every sync returned and did nothing."""
        self._dice, self._before = dice, before
        self._durable: dict[str, int] = {}
        for event in events if not lies else ():
            if event.kind == "sync":
                self._durable[event.name] = max(self._durable.get(event.name, 0), event.began)
        self.files: dict[str, bytearray] = {name: bytearray(data) for name, data in before.items()}
        for number, event in enumerate(events):
            self._happen(number, event)

    def write_to(self, folder: Path) -> None:
        """Put the files there, and nothing else of a database."""
        for old in folder.iterdir():
            old.unlink()
        for name, data in self.files.items():
            (folder / name).write_bytes(data)

    def _happen(self, number: int, event: Event) -> None:
        is_durable = number < self._durable.get(event.name, 0)
        if event.kind in ("made", "removed"):
            is_durable = number < self._durable.get(".", 0) or (event.kind == "made" and is_durable)
            if event.kind == "made":
                self._make(event.name, is_durable)
            elif is_durable or self._dice.random() < 0.5:
                self.files.pop(event.name, None)
            return
        if event.kind == "sync" or event.name not in self.files:
            return
        if not is_durable and self._dice.random() < 0.5:
            return
        file = self.files[event.name]
        if event.kind == "cut":
            _cut(file, event.offset)
            return
        data = event.data
        if not is_durable and self._dice.random() < 0.3:
            data = data[: self._dice.randrange(len(data) // SECTOR + 1) * SECTOR]
        if len(file) < event.offset:
            _cut(file, event.offset)
        file[event.offset : event.offset + len(data)] = data

    def _make(self, name: str, is_durable: bool) -> None:
        if name not in self.files and (is_durable or self._dice.random() < 0.5):
            self.files[name] = bytearray()


def _cut(file: bytearray, length: int) -> None:
    if length <= len(file):
        del file[length:]
    else:
        file.extend(bytes(length - len(file)))
