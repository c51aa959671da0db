"""The review fixture, built once by its command in a folder of its own, for all that is asked of it."""

import json
import os
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
def folder(tmp_path_factory):
    """The fixture, built by its command in a folder of its own."""
    made = tmp_path_factory.mktemp("review")
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
    return made


def read(folder, name):
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
