"""The worker: wakes every few seconds and runs what is due. `python -m throughcare.faces.worker`."""

import logging
import os
import signal
import threading

HEARTBEAT = "worker"
WAKES_EVERY_SECONDS = 5


def main() -> None:
    """Run until a signal ends it; a piece of work that fails is told and tried again, and stops no other."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.settings")
    import django

    django.setup()
    from throughcare.faces.worker.rounds import run_round
    from throughcare.faces.worker.solving_rounds import end_children

    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    logging.getLogger("throughcare.worker").info("the worker is up")
    while not ended.is_set():
        run_round()
        ended.wait(WAKES_EVERY_SECONDS)
    end_children()


if __name__ == "__main__":
    main()
