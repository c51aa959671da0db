"""The formats of one-to-one, family and workshop notes."""

import pytest

from throughcare.knowledge.recording.note_formats import ALL, as_text, check_sections, formats_for


@pytest.mark.parametrize("form", ALL.values(), ids=lambda form: form.code)
def test_every_section_has_a_question_and_the_last_is_the_plan(form):
    assert all(section.ask.endswith("?") for section in form.sections)
    assert form.sections[-1].code == "plan"
    assert len({section.code for section in form.sections}) == len(form.sections)


def test_the_formats_are_those_of_the_field():
    assert {code: len(form.sections) for code, form in ALL.items()} == {
        "psychiatric": 16,
        "dap": 3,
        "birp": 4,
        "soap": 4,
        "family": 5,
    }


def test_a_kind_of_session_offers_its_formats_the_usual_first():
    assert [form.code for form in formats_for("individual")] == ["dap", "birp", "soap"]
    assert [form.code for form in formats_for("family")] == ["family"]
    assert [form.code for form in formats_for("prescriber")] == ["psychiatric", "dap", "birp", "soap"]
    assert [form.code for form in formats_for("workshop")] == ["dap", "birp"]


def test_what_is_missing_is_said_with_its_question():
    lacks = check_sections(ALL["dap"], {"data": "Came on time.", "plan": " "})
    assert [one.because.split(".")[0] for one in lacks] == ["Fill in “Assessment”", "Fill in “Plan”"]
    family = {section.code: "x" for section in ALL["family"].sections if section.code != "agreed"}
    assert check_sections(ALL["family"], family) == ()


def test_the_text_stands_alone_in_the_order_of_the_format():
    words = {"plan": "Calls Friday.", "data": "Came.", "assessment": "", "other": "lost"}
    assert as_text(ALL["dap"], words) == "Data\nCame.\n\nPlan\nCalls Friday."


def test_a_psychiatric_visit_says_the_mental_state_as_one_part():
    form = ALL["psychiatric"]
    words = {
        "interval": "Sleeps again.",
        "mood": "low",
        "perception": "nothing of note",
        "plan": "Back in a week.",
    }
    assert as_text(form, words) == (
        "Interval history\nSleeps again.\n\n"
        "Mental state\nMood: low\nPerception: nothing of note\n\n"
        "Plan\nBack in a week."
    )
    lacks = [one.because.split("”")[0].removeprefix("Fill in “") for one in check_sections(form, words)]
    assert lacks == ["Thought content", "Medications reviewed", "Changes", "Risk"]
    tapped = [one for one in form.sections if one.choices]
    assert len(tapped) == 10 and all(one.under == "Mental state" for one in tapped)
