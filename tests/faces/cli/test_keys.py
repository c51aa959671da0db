"""Keys on the command line: made once, for their owner's eyes, refused when weak, rotated."""

import stat
import subprocess
import sys
from argparse import Namespace

import pytest

from tests.cast import MORNING
from throughcare.faces.cli import rotate_keys
from throughcare.faces.cli.check import keys
from throughcare.faces.cli.exchange import WrongInput
from throughcare.faces.cli.installation import use_data_folder
from throughcare.faces.cli.rotate_keys import next_name
from throughcare.keys import new_keyring


@pytest.fixture
def throughcare(tmp_path, monkeypatch):
    """The command in a process of its own, with a data folder of its own."""
    for name in ("SECRET_KEY", "FIELD_KEYS", "FIELD_KEYS_FILE", "DATABASE_URL", "THROUGHCARE_DATA"):
        monkeypatch.delenv(name, raising=False)

    def run(command, **environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        words = [
            sys.executable,
            "-m",
            "throughcare.faces.cli.main",
            command,
            "--data",
            str(tmp_path / "clinic"),
        ]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        for name in environment:
            monkeypatch.delenv(name)
        return done

    return run


def test_keys_are_made_beside_the_data_folder_for_their_owner_alone(throughcare, tmp_path):
    (tmp_path / "clinic").mkdir()
    (tmp_path / "clinic" / "secret-key").write_text(
        "a secret from before keys moved out, long enough", "utf-8"
    )
    assert throughcare("make-keys").returncode == 0
    folder = tmp_path / "clinic-keys"
    files = {one.name: one for one in folder.iterdir()}
    assert set(files) == {"secret-key", "field-keys", "backup-keys"}
    assert {stat.S_IMODE(one.stat().st_mode) for one in files.values()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list((tmp_path / "clinic").iterdir()) == []
    assert files["secret-key"].read_text("utf-8").startswith("a secret from before")
    before = files["field-keys"].read_text("utf-8")
    throughcare("make-keys")
    assert files["field-keys"].read_text("utf-8") == before


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"SECRET_KEY": "changeme"}, "8 characters"),
        ({"FIELD_KEYS": "k1:abc"}, "FIELD_KEYS"),
        ({"DATABASE_URL": "postgres://127.0.0.1:1/none"}, "make-keys"),
    ],
)
@pytest.mark.parametrize("command", ["serve", "worker", "check"])
def test_nothing_starts_with_keys_that_guard_nothing(throughcare, command, environment, says):
    done = throughcare(command, **environment)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.django_db
def test_a_rotation_changes_the_first_line_and_nothing_else(tmp_path, settings, monkeypatch, capsys):
    data, file = tmp_path / "clinic", tmp_path / "clinic-keys" / "field-keys"
    monkeypatch.setenv("THROUGHCARE_DATA", str(data))
    for name in ("SECRET_KEY", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    use_data_folder(None)
    settings.FIELD_KEYS, settings.FIELD_KEYS_FILE = file.read_text("utf-8"), file
    before = settings.FIELD_KEYS.split()
    assert keys(data, MORNING) == (True, "they open this database; k1 seals.")
    assert rotate_keys.run(Namespace(data=None)) == 0
    assert "1 rows are sealed anew under “k2”" in capsys.readouterr().out
    after = file.read_text("utf-8").split()
    assert after[1:] == before
    assert [line.partition(":")[0] for line in after] == ["k2", "k1", "index"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "k1 may leave the ring" in keys(data, MORNING)[1]
    file.chmod(0o644)
    assert "others on this machine may read" in keys(data, MORNING)[1]


@pytest.mark.django_db
def test_a_ring_from_the_environment_is_rotated_by_hand(tmp_path, settings, monkeypatch):
    monkeypatch.setenv("THROUGHCARE_DATA", str(tmp_path / "clinic"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings.FIELD_KEYS, settings.FIELD_KEYS_FILE = new_keyring("k1"), tmp_path / "none"
    with pytest.raises(WrongInput, match=r"Put a new line first in FIELD_KEYS.*k2:"):
        rotate_keys.run(Namespace(data=None))


def test_new_names_follow_the_highest():
    assert next_name(["k2", "k11", "rescue"]) == "k12"
    assert next_name(["rescue"]) == "k1"
