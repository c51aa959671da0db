"""A demo is kept until somebody says that it may go; a real clinic never goes."""

import io

import pytest

from throughcare.faces.cli.demo import clear, print_sign_ins
from throughcare.faces.cli.exchange import WrongInput


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "throughcare.sqlite3").write_text("rows")
    (tmp_path / "demo").write_text("[]")
    return tmp_path


@pytest.mark.parametrize("answer", ["y\n", "Yes\n"])
def test_it_goes_when_somebody_says_yes(folder, monkeypatch, answer):
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    clear(folder)
    assert not folder.exists()


@pytest.mark.parametrize("answer", ["", "\n", "n\n", "yesterday\n"])
def test_it_stays_on_any_other_word(folder, monkeypatch, answer):
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    with pytest.raises(WrongInput, match="the demo was kept"):
        clear(folder)
    assert (folder / "throughcare.sqlite3").read_text() == "rows"


def test_a_real_clinic_is_never_asked_about(folder, monkeypatch):
    (folder / "demo").unlink()
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    with pytest.raises(WrongInput, match="holds a real clinic"):
        clear(folder)
    assert (folder / "throughcare.sqlite3").exists()


def test_a_story_broken_off_at_its_end_says_what_to_do(folder):
    with pytest.raises(WrongInput, match="start over with --fresh"):
        print_sign_ins(folder)
