"""`throughcare score`: the keys that others script against, exit codes, and one line when the input is wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from throughcare.faces.cli.main import main

KEYS = {"code", "total", "subscales", "band", "missing", "prorated", "critical", "positive"}


def answers_file(folder: Path, content: object) -> str:
    """A file that holds `content`, as JSON unless it is text already."""
    path = folder / "answers.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def test_it_prints_the_promised_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = answers_file(
        tmp_path, {"answers": [2, 2, 2, 2, 2, 2, 2, 2, 1], "context": {"sex": None, "age": 34}}
    )
    assert main(["score", "phq-9", path]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) >= KEYS
    assert {key: found[key] for key in KEYS} == {
        "code": "phq-9",
        "total": 17,
        "subscales": {},
        "band": "moderately severe",
        "missing": 0,
        "prorated": False,
        "critical": [9],
        "positive": True,
    }


def test_context_may_be_left_out_or_null(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for given in ({"answers": [1, 1, 1]}, {"answers": [1, 1, 1], "context": None}):
        assert main(["score", "audit-c", answers_file(tmp_path, given)]) == 0
        assert json.loads(capsys.readouterr().out)["positive"] is None


def test_sex_decides_the_audit_c(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = answers_file(tmp_path, {"answers": [1, 1, 1], "context": {"sex": "female"}})
    assert main(["score", "audit-c", path]) == 0
    assert json.loads(capsys.readouterr().out)["positive"] is True


@pytest.mark.parametrize(
    ("code", "content", "says"),
    [
        ("phq-99", {"answers": [0] * 9}, "no questionnaire has the code 'phq-99'"),
        ("phq-9", {"answers": [0] * 7}, "answers: phq-9 takes 9 or 10 answers, found 7"),
        ("phq-9", {"answers": [0, 0, 7, 0, 0, 0, 0, 0, 0]}, "item 3: 7 is not on its scale"),
        ("phq-9", {"answer": [0] * 9}, "answers: the key is missing"),
        ("phq-9", {"answers": None}, "answers: a list is expected, found null"),
        ("phq-9", {"answers": [0] * 9, "context": []}, "context: an object is expected"),
        ("phq-9", '{"answers": [NaN, 0, 0, 0, 0, 0, 0, 0, 0]}', "item 1: a whole number or null is expected"),
        ("phq-9", '{"answers": [' + "9" * 5000 + "]}", "a number too long to be read"),
        ("phq-9", "[1, 2]", "one JSON object is expected"),
        ("phq-9", "{", "not JSON at line 1"),
    ],
)
def test_wrong_input_gets_one_line_and_exit_2(
    code: str, content: object, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", code, answers_file(tmp_path, content)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert says in printed.err


def test_a_file_that_is_not_there_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", "phq-9", str(tmp_path / "nowhere.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_it_needs_no_django(tmp_path: Path) -> None:
    path = answers_file(tmp_path, {"answers": [0] * 7})
    script = (
        "import sys; from throughcare.faces.cli.main import main; "
        f"code = main(['score', 'gad-7', {path!r}]); sys.exit(code or int('django' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["total"]) == (0, 0)
