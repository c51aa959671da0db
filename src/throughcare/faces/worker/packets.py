"""Downtime packets: written by a process of its own, so that no other work waits for the drawing."""

import logging
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime

COMMAND = (sys.executable, "-m", "throughcare.faces.downtime")
_CHILDREN: list["subprocess.Popen[bytes]"] = []
log = logging.getLogger("throughcare.worker")


class PacketsFailed(Exception):
    """The last packets were not all written; the log says why."""


def write_packets(at: datetime, *, command: Sequence[str] = COMMAND) -> str:
    """Start the writing, unless the last one is still at it; what became of the last one is told by this one."""
    ended = [code for child in _CHILDREN if (code := child.poll()) is not None]
    _CHILDREN[:] = [child for child in _CHILDREN if child.poll() is None]
    if not _CHILDREN:
        _CHILDREN.append(subprocess.Popen([*command]))
    if any(ended):
        raise PacketsFailed
    return "begun"
