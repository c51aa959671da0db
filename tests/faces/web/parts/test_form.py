"""The form of the house says what is missing where it is missing."""

from uuid import UUID

import pytest

from throughcare.faces.web.form import LinkedError
from throughcare.faces.web.parts.samples import SampleFilter, SampleForm, SampleQuestion

WHOLE = {
    "name": "Maya Okafor",
    "born_on": "3/27/1984",
    "phone": "555 010 0142",
    "track": "evening",
    "first_day": "2026-03-02",
    "starts": "17:30",
    "hours": "9",
    "outcome": "reached",
    "safe": "yes",
    "agrees": "on",
}


def test_a_whole_form_is_valid():
    assert SampleForm(WHOLE).is_valid()


def test_a_missing_answer_says_its_own_sentence_and_links_to_its_field():
    form = SampleForm({**WHOLE, "phone": ""})
    assert form.error_summary == [LinkedError("Enter a phone number", "#id_phone")]
    html = str(form["phone"].as_field_group())
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in html
    assert 'id="id_phone_error"' in html
    assert 'aria-invalid="true"' in html


def test_an_error_of_a_group_links_to_its_first_choice():
    form = SampleForm({**WHOLE, "outcome": ""})
    (error,) = form.error_summary
    assert error.href == "#id_outcome_0"
    assert 'id="id_outcome_0"' in str(form["outcome"])


def test_an_error_of_the_whole_form_comes_first_and_links_nowhere():
    form = SampleForm({**WHOLE, "phone": ""})
    form.add_error(None, "The group is full.")
    assert [error.href for error in form.error_summary] == ["", "#id_phone"]


def test_a_field_asked_after_an_answer_is_required_only_then():
    assert SampleForm({**WHOLE, "outcome": "voicemail"}).is_valid()
    assert SampleForm({**WHOLE, "outcome": "declined", "reason": "No ride"}).is_valid()
    form = SampleForm({**WHOLE, "outcome": "declined"})
    assert form.errors == {"reason": ["Write down why they said no"]}


def test_a_field_asked_after_an_answer_tells_the_script_when():
    html = str(SampleForm(prefix="p")["reason"].as_field_group())
    assert 'data-asked-by="p-outcome" data-asked-for="declined"' in html
    assert "(optional)" not in html


@pytest.mark.parametrize("typed", ["3/27/1984", "03/27/1984", "3-27-1984", "1984-03-27"])
def test_a_birth_date_is_read_as_people_write_it(typed):
    form = SampleForm({**WHOLE, "born_on": typed})
    assert form.is_valid()
    assert form.cleaned_data["born_on"].isoformat() == "1984-03-27"


@pytest.mark.parametrize("typed", ["27/3/1984", "2/30/1984", "3/27/84", "2/29/2023"])
def test_a_date_that_is_none_is_refused_with_an_example(typed):
    form = SampleForm({**WHOLE, "born_on": typed})
    assert form.errors["born_on"] == ["“Date of birth” must be a real date, like 3/27/1984"]


def test_a_fresh_form_has_a_new_key_and_a_posted_form_keeps_its_own():
    first, second = SampleForm(), SampleForm()
    assert UUID(first.once) != UUID(second.once)
    assert SampleForm({**WHOLE, "once": first.once}).once == first.once


def test_a_key_that_is_no_uuid_is_replaced():
    assert UUID(SampleForm({**WHOLE, "once": '"><script>'}).once)


def test_the_only_question_of_a_page_is_its_heading():
    html = str(SampleQuestion()["ride"].as_field_group())
    assert '<legend><h1 class="question">How would you get here?</h1>' in html


def test_a_native_date_shows_what_was_posted():
    form = SampleForm({**WHOLE, "first_day": "2026-03-02", "phone": ""})
    assert 'value="2026-03-02"' in str(form["first_day"])


def test_a_filter_may_stay_empty():
    assert SampleFilter({}).is_valid()
