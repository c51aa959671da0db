"""Killed right before and right after it is kept, a form that is sent again leaves exactly what it should."""

import json
import os
import subprocess
import sys

import pytest

from tests.crashes.stage import FLOWS

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")),
    reason="bench.crash_points tries PostgreSQL, in a database of its own",
)
KILLED = -9


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crashes") / "data"
    run = subprocess.run(
        [sys.executable, "-m", "tests.crashes.flows", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return {line["flow"]: line for line in map(json.loads, run.stdout.splitlines())}


@pytest.mark.parametrize("flow", FLOWS)
def test_killed_and_sent_again_it_is_there_once_and_whole(told, flow):
    rows = list(FLOWS[flow][1])
    nothing = [0 for _ in rows]
    # Dead before it was kept, nothing is there: not in the flow's own tables, and in no other.
    assert told[flow]["written"] == [KILLED, nothing, {}]
    died, counted, stands = told[flow]["kept"]
    assert (died, counted) == (KILLED, rows)
    # Its row in the book of accesses and its key are of the same moment.
    assert stands["records_submission"] == 1
    assert stands["records_access"] >= 1
    assert told[flow]["again"] == [302, rows, {}]
