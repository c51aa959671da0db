"""Killed at every step around the provider's call, a message arrives, twice at most, and the second copy says so."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="the processes share a folder of the embedded database"
)
HOUSE = Path(__file__).resolve().parents[2]


def step(folder, *words, die_at=""):
    return subprocess.run(
        [sys.executable, "-m", "tests.crashes.message_flow", str(folder), *words],
        env={**os.environ, "THROUGHCARE_DIE_AT": die_at},
        capture_output=True,
        text=True,
        check=False,
    )


def test_killed_before_and_after_the_providers_call_it_is_lost_never_and_doubled_once(tmp_path):
    folder = tmp_path / "data"
    prepared = step(folder, "prepare")
    assert prepared.returncode == 0, prepared.stderr
    seconds = 0
    for die_at in ("message:claimed", "message:sent", "message:marked"):
        killed = step(folder, "send", str(seconds), die_at=die_at)
        assert killed.returncode == -signal.SIGKILL, killed.stdout + killed.stderr
        # What was claimed is free again after the lease, and not a moment before.
        seconds += 16
    # Nobody knows that the first try never reached the provider: every later one says that it may be a copy.
    assert step(folder, "send", str(seconds)).stdout.split() == ["again", "again"]


def test_a_short_storm_of_crises_with_lanes_killed_and_a_lying_provider_loses_none(tmp_path):
    """The short form of `bench.crisis`; the long one is 10,000 crises and a hundred kills."""
    told = subprocess.run(
        [
            *(sys.executable, "-m", "bench.crisis", "--count", "40", "--kill-every", "3", "--workers", "2"),
            *("--drain", "0"),
        ],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert "lost: 0 " in told.stdout
    assert "stopped climbing: 0 " in told.stdout
