"""A command, run to its end: how long it took, what it printed, and the most memory it and its children held."""

import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE_KB = 4
EVERY_SECONDS = 0.2


@dataclass(frozen=True)
class Watched:
    """What was seen of a command."""

    seconds: float
    peak_mb: float
    out: str


def run_watched(command: Sequence[str], *, cwd: Path) -> Watched:
    """Run it; what it says on standard error is shown only when it fails."""
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    peak = [0.0]
    watch = threading.Thread(target=_watch, args=(process, peak), daemon=True)
    watch.start()
    out, trouble = process.communicate()
    seconds = time.monotonic() - began
    watch.join()
    if process.returncode:
        print(f"{command[1:4]} ended with {process.returncode}: {trouble[-600:]}", file=sys.stderr)
    return Watched(seconds, peak[0], out)


def _watch(process: "subprocess.Popen[str]", peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], memory_mb(process.pid))
        time.sleep(EVERY_SECONDS)


def memory_mb(root: int) -> float:
    """What a process and all its descendants hold now, shared pages counted for each."""
    children: dict[int, list[int]] = defaultdict(list)
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            rest = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        children[int(rest[1])].append(int(path.parent.name))
    family, total = [root], 0
    while family:
        one = family.pop()
        family += children[one]
        try:
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1])
        except OSError:
            continue
    return total * PAGE_KB / 1024
