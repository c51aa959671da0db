"""Copies of whole records: each is made by a process of its own, so that no other work waits for it."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime

from throughcare.pathway.own_record.copies import end_old_copies, take_copies

COMMAND = (sys.executable, "-m", "throughcare.faces.own_record")
_CHILDREN: list["subprocess.Popen[bytes]"] = []


def make_copies(at: datetime, *, command: Sequence[str] = COMMAND) -> str:
    """Start what waits, and empty what waited too long to be fetched."""
    _CHILDREN[:] = [child for child in _CHILDREN if child.poll() is None]
    taken = take_copies(at=at)
    _CHILDREN.extend(subprocess.Popen([*command, str(copy)]) for copy in taken)
    ended = end_old_copies(at=at)
    return f"{len(taken)} begun, {ended} over" if taken or ended else "nothing due"
