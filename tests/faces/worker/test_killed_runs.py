"""A run whose process is killed is told as interrupted, keeps its best week, and goes on from it."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="the processes share a folder of the embedded database"
)


def test_killed_stopped_and_left_by_the_worker_its_best_week_stays(tmp_path):
    told = subprocess.run(
        [sys.executable, "-m", "tests.faces.worker.slow_solving", str(tmp_path / "data"), "story"],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert told.returncode == 0, told.stderr
    lines = [json.loads(line) for line in told.stdout.splitlines() if line.startswith("[")]
    assert lines == [
        ["quick", True],
        ["at work", "solving", 1],
        ["killed", "interrupted", 1],
        ["stopped", "stopped", 2],
        ["the worker ended", "interrupted", 3],
    ], told.stderr
