"""The review fixture, built once by its command, and a copy of it for each that asks something of it."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
AS = {
    name: value
    for name, value in os.environ.items()
    if name not in ("DATABASE_URL", "SECRET_KEY", "FIELD_KEYS")
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory, worker_id):
    """A copy of its own of the fixture, which the first process that needs one builds for both."""
    everyones = (
        tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    )
    made, own = everyones / "review-fixture", tmp_path_factory.mktemp("review") / "own"
    with (everyones / "review-fixture.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            build(everyones / "review-fixture.half")
            (everyones / "review-fixture.half").rename(made)
    shutil.copytree(made, own)
    return own


def build(made):
    """Have the command build the fixture in this folder."""
    done = subprocess.run(
        [sys.executable, "-m", "throughcare.faces.cli.main", "review-fixture", "--out", str(made)],
        cwd=HOUSE,
        env={**AS, "THROUGHCARE_DATA": str(made / "data")},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr


def read(folder, name):
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
