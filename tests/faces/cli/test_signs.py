"""`throughcare signs PICTURE.json` as others script it."""

import json

import pytest

from throughcare.faces.cli.main import main

KEYS = {"code", "because", "since", "due_at", "owner_role"}
EVENING = {"starts_at": "2026-03-04T17:30:00-05:00", "ends_at": "2026-03-04T20:30:00-05:00", "key": "a"}
PICTURE = {
    "at": "2026-03-04T18:00:00-05:00",
    "zone": "America/New_York",
    "sessions": [{**EVENING, "status": "no_show"}],
}


@pytest.fixture
def ask(tmp_path, capsys):
    def ask(picture):
        file = tmp_path / "picture.json"
        file.write_text(picture if isinstance(picture, str) else json.dumps(picture))
        code = main(["signs", str(file)])
        told = capsys.readouterr()
        return code, json.loads(told.out) if code == 0 else told.err

    return ask


def test_the_signs_of_a_picture_carry_the_keys_of_the_contract(ask):
    code, answer = ask(PICTURE)
    assert code == 0
    signs = {sign["code"]: sign for sign in answer["signs"]}
    assert set(signs) == {"no_show", "attendance_critical"}
    assert signs["no_show"].keys() >= KEYS
    assert signs["no_show"]["since"] == "2026-03-04T17:45:00-05:00"
    assert signs["no_show"]["due_at"] == "2026-03-05T23:59:59-05:00"
    assert signs["no_show"]["owner_role"] == "case_manager"


def test_an_empty_picture_has_no_signs(ask):
    code, answer = ask({"at": "2026-03-04T18:00:00Z"})
    assert (code, answer["signs"], answer["tier"]) == (0, [], "none")


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        ("{", "not JSON"),
        ({}, "at: is missing"),
        ({"at": "2026-03-04T18:00:00"}, "at: a moment with its offset"),
        ({"at": "2026-03-04T18:00:00Z", "mood": 3}, "mood: is not known here"),
        ({"at": "2026-03-04T18:00:00Z", "zone": "Nowhere/At_All"}, "zone: a time zone"),
        ({"at": "2026-03-04T18:00:00Z", "zone": "../etc/passwd"}, "zone: a time zone"),
        (
            {"at": "2026-03-04T18:00:00Z", "sessions": [{**EVENING, "status": "gone"}]},
            "sessions[0].status: one of",
        ),
        ({"at": "2026-03-04T18:00:00Z", "sessions": {}}, "sessions: a list is expected"),
        (
            {"at": "2026-03-04T18:00:00Z", "days": [{"at": "2026-03-04T18:00:00Z", "craving": 11}]},
            "days[0].craving",
        ),
        ({"at": "2026-03-04T18:00:00Z", "scores": [{"code": "phq-9", "at": 3}]}, "scores[0].at: a moment"),
        ({"at": "2026-03-04T18:00:00Z", "settings": {"attendance.low": 7}}, "settings.attendance.low: "),
        ({"at": "2026-03-04T18:00:00Z", "settings": {"nothing": 7}}, "settings.nothing: "),
        ({"at": "9999-12-31T23:59:59Z"}, "end of the calendar"),
        ({"at": "2026-03-04T18:00:00Z", "doses": [{"drug": "x", "day": 5}]}, "doses[0].day: a day"),
    ],
)
def test_a_wrong_picture_is_one_line_that_says_what_and_where(ask, picture, said):
    code, error = ask(picture)
    assert code == 2
    assert said in error
    assert error.count("\n") == 1


def test_the_schema_names_every_part_and_what_is_needed(capsys):
    assert main(["signs", "--schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["required"] == ["at"]
    session = schema["properties"]["sessions"]["items"]
    assert session["required"] == ["key", "starts_at", "ends_at"]
    assert "no_show" in session["properties"]["status"]["anyOf"][0]["enum"]
    assert schema["properties"]["scores"]["items"]["properties"]["critical"]["items"] == {"type": "integer"}


def test_without_a_picture_the_command_says_what_it_wants(capsys):
    assert main(["signs"]) == 2
    assert "--schema" in capsys.readouterr().err
