"""The worker: keeps its lanes running, each a process of its own. `python -m throughcare.faces.worker`."""

import os
import signal
import sys
import threading

from throughcare.faces.supervising import Child, keep_running

LANES = {
    "crisis lane": "throughcare.faces.worker.crisis_lane",
    "due work": "throughcare.faces.worker.due_lane",
}
BACKUPS = {"backups": "throughcare.faces.worker.backup_lane"}


def lanes() -> dict[str, str]:
    """The lanes of this installation: backups are taken where a place is named for them."""
    named = os.environ.get("BACKUP_TO") or os.environ.get("BACKUP_TO_FILE")
    return LANES | BACKUPS if named else LANES


def main() -> int:
    """Run until a signal ends it."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    children = [Child(name, [sys.executable, "-m", module]) for name, module in lanes().items()]
    return keep_running(children, ended=ended)


if __name__ == "__main__":
    raise SystemExit(main())
