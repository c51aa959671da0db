"""What staff say when someone asks about a person: the same for every name."""

import pytest

from throughcare.knowledge.privacy.scripts import NEITHER, ROWS, Script


@pytest.mark.parametrize("script", ROWS, ids=lambda one: one.code)
def test_every_script_says_does_and_forbids_something_and_names_its_law(script: Script) -> None:
    assert script.say and script.do and script.never and script.cite.startswith("42 CFR")
    for line in (*script.say, *script.do, *script.never):
        assert line.endswith("."), line


def test_all_the_situations_are_there():
    assert {one.code for one in ROWS} == {
        "call",
        "family",
        "employer",
        "letter",
        "subpoena",
        "police",
        "media",
        "visit",
    }


@pytest.mark.parametrize("script", ROWS, ids=lambda one: one.code)
def test_nothing_said_gives_a_yes_or_a_no(script: Script) -> None:
    said = " ".join(script.say).replace(NEITHER, "")
    for slip in ("is a patient", "not a patient", "is here", "isn't here", "our patient"):
        assert slip not in said.replace("whether anyone is a patient", "")
