"""Due work, a process of its own: wakes every few seconds. `python -m throughcare.faces.worker.due_lane`."""

import logging
import os
import signal
import threading

WAKES_EVERY_SECONDS = 5


def main() -> int:
    """Run until a signal or the end of the parent ends it.

    A piece of work that fails is told and tried again, and stops no other.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.settings")
    import django

    django.setup()
    from throughcare.faces.worker.ordinary_lane import OrdinaryLane
    from throughcare.faces.worker.rounds import run_round
    from throughcare.faces.worker.solving_rounds import end_children
    from throughcare.faces.worker.watchdog import Watchdog

    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    parent = os.getppid()
    # Beside the work, since that may take long.
    Watchdog(ended).start()
    OrdinaryLane(ended).start()
    logging.getLogger("throughcare.worker").info("the worker is up")
    while not ended.is_set() and os.getppid() == parent:
        run_round()
        ended.wait(WAKES_EVERY_SECONDS)
    ended.set()
    end_children()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
