"""Killed right before and right after it is kept, a form that is sent again leaves exactly what it should."""

import json
import os
import shutil
import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="the embedded database's journal is what is tried here"
)

# Flow: the route whose step kills, and how many rows it writes.
FLOWS = {
    "attendance": ("take_attendance", 1),
    "notes": ("write_session_notes", 2),
    "take_back": ("take_back_consent", 1),
}


def step(folder, *words, die_at="", form=None):
    environment = {**os.environ, "THROUGHCARE_DIE_AT": die_at, "FORM": json.dumps(form or {})}
    return subprocess.run(
        [sys.executable, "-m", "tests.crashes.flows", str(folder), *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crashes") / "data"
    prepared = step(folder, "prepare")
    assert prepared.returncode == 0, prepared.stderr
    return folder, json.loads(prepared.stdout.splitlines()[-1])


@pytest.mark.parametrize(("flow", "moment"), [*((flow, "written") for flow in FLOWS), ("notes", "kept")])
def test_killed_and_sent_again_it_is_there_once_and_whole(clinic, tmp_path, flow, moment):
    made, forms = clinic
    folder = tmp_path / "data"
    shutil.copytree(made, folder)
    shutil.copytree(made.parent / "data-keys", tmp_path / "data-keys")
    route, rows = FLOWS[flow]
    killed = step(folder, "send", flow, die_at=f"{route}:{moment}", form=forms[flow])
    assert killed.returncode == -signal.SIGKILL, killed.stdout + killed.stderr
    again = step(folder, "send", flow, form=forms[flow])
    left = 0 if moment == "written" else rows
    assert again.stdout.split() == [str(left), "302", str(rows)], again.stdout + again.stderr
