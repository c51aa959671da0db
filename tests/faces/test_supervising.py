"""A child that is killed is back within a second; one that can't start ends what it belongs to."""

import os
import signal
import sys
import threading
import time

from throughcare.faces.supervising import Child, keep_running

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]


def until(is_so, seconds=10):
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_a_killed_child_is_started_again_and_all_end_together():
    ended = threading.Event()
    child = Child("sleeper", SLEEPS)
    keeping = threading.Thread(target=keep_running, args=([child],), kwargs={"ended": ended})
    keeping.start()
    try:
        until(lambda: child.process is not None)
        first = child.process
        os.kill(first.pid, signal.SIGKILL)
        killed = time.monotonic()
        until(lambda: child.process is not first)
        assert time.monotonic() - killed < 1.0
    finally:
        ended.set()
        keeping.join(10)
    assert child.process.poll() is not None


def test_a_server_that_cannot_start_ends_everything_with_its_code():
    cannot = Child("server", [sys.executable, "-c", "raise SystemExit(3)"], may_end=True)
    other = Child("worker", SLEEPS)
    assert keep_running([cannot, other], ended=threading.Event()) == 3
    assert other.process.poll() is not None
