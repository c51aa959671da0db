"""`throughcare place`: facts in, an answer out, and one line on standard error when they are wrong."""

import io
import json
from pathlib import Path

import pytest

from throughcare.faces.cli.main import main


def write(folder: Path, text: str) -> str:
    path = folder / "facts.json"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_facts_in_a_file_are_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(
        tmp_path, '{"domains": {"M": 2, "U": 2, "H": null}, "ciwa_ar": 6, "unexpected_positives": 0}'
    )
    assert main(["place", path]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["indicated"] == "iop"
    assert answer["reasons"][0]["code"] == "iop_need"
    assert answer["needs_clinician"] is True


def test_facts_are_read_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"c_ssrs": {"q5": true}}'))
    assert main(["place", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["stop"] is True


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[]", "one JSON object is expected"),
        ("{", "not JSON at line 1"),
        ('{"ciwa": 3}', "ciwa: is not a fact we know"),
        ('{"domains": {"U": 5}}', "domains.U: a whole number from 0 to 4"),
        ('{"attendance": NaN}', "attendance: a number from 0 to 1"),
        ('{"attendance": 1e999}', "attendance: a number from 0 to 1"),
        ('{"ciwa_ar": 1' + "0" * 400 + "}", "ciwa_ar: a whole number from 0 to 67"),
        ('{"ciwa_ar": 1' + "0" * 5000 + "}", "number"),
        ('{"domains": {"a\\nb": 1}}', "domains.'a\\nb': is not known"),
        ('{"current_level": "IOP"}', "current_level: one of op, iop"),
    ],
)
def test_wrong_facts_are_named_on_one_line(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["place", write(tmp_path, text)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert says in printed.err
    assert printed.err.count("\n") == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["place", str(tmp_path / "none.json")]) == 2
    assert "none.json" in capsys.readouterr().err
