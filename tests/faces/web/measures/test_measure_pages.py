"""The pages of a patient's measures."""

import pytest
from django.urls import reverse

from tests.cast import at
from tests.intake_cast import BEN, DEV, assess, measure, patient_of
from throughcare.knowledge.questionnaires.library import all_questionnaires
from throughcare.records.measures import MeasureResponse
from throughcare.records.people import Account

CODES = [one.code for one in all_questionnaires()]


@pytest.fixture
def sign_in(client):
    """Signs an actor in."""
    return lambda actor: client.force_login(Account.objects.get(pk=actor.account))


@pytest.fixture
def assessment(cast):
    """Dev's assessment."""
    return assess(cast, DEV)


@pytest.fixture
def dev(assessment):
    """Dev."""
    return patient_of(assessment).uid


@pytest.mark.parametrize("code", CODES)
def test_every_questionnaire_of_the_library_has_its_form(client, cast, sign_in, dev, code):
    sign_in(cast.nurse)
    shown = client.get(reverse("new_measure", args=[dev]), {"code": code})
    assert shown.status_code == 200
    assert 'name="item_1' in shown.content.decode()


def test_the_page_asks_which_when_no_code_is_given(client, cast, sign_in, dev):
    sign_in(cast.nurse)
    assert "Choose one" in client.get(reverse("new_measure", args=[dev])).content.decode()
    assert client.get(reverse("new_measure", args=[dev]), {"code": "nonsense"}).status_code == 404


def test_blanks_are_missing_and_the_score_is_told(client, cast, sign_in, dev):
    sign_in(cast.clinician)
    address = reverse("new_measure", args=[dev]) + "?code=phq-9"
    answers = {f"item_{number}": "2" for number in range(1, 8)} | {
        "item_8": "1",
        "item_9": "",
        "mode": "read_aloud",
    }
    text = client.post(address, answers, follow=True).content.decode()
    assert "17 of 27, moderately severe, 1 not answered, filled up from the rest" in text
    stored = MeasureResponse.objects.get()
    assert (stored.mode, stored.missing, stored.answers[8]) == ("read_aloud", 1, None)


def test_an_answer_off_the_scale_names_its_item(client, cast, sign_in, dev):
    sign_in(cast.clinician)
    address = reverse("new_measure", args=[dev]) + "?code=phq-9"
    refused = client.post(address, {"item_3": "9", "mode": "self"})
    assert refused.status_code == 422
    assert 'href="#id_item_3_0"' in refused.content.decode()
    assert client.post(address, {"mode": "self"}).status_code == 422
    assert not MeasureResponse.objects.exists()


def test_the_list_keeps_what_was_corrected_in_sight(client, cast, sign_in, assessment, dev):
    first = measure(assessment, "phq-9", [2] * 8 + [1], by=cast.clinician)
    sign_in(cast.clinician)
    address = reverse("correct_measure", args=[dev, first.uid])
    assert "Recorded already" in client.get(address).content.decode()
    client.post(address, {f"item_{number}": "0" for number in range(1, 10)} | {"mode": "clinician"})
    text = client.get(reverse("measures", args=[dev])).content.decode()
    assert "Corrected" in text
    assert "0 of 27" in text
    again = client.post(address, {"item_1": "1", "mode": "clinician"})
    assert again.status_code == 422


def test_a_measure_of_someone_else_is_not_found_under_this_person(client, cast, sign_in, dev):
    other = assess(cast, BEN)
    taken = measure(other, "phq-9", [0] * 9, by=cast.clinician)
    sign_in(cast.clinician)
    assert client.get(reverse("correct_measure", args=[dev, taken.uid])).status_code == 404


@pytest.mark.parametrize("role", ["biller", "admin", "admissions", "compliance"])
def test_these_roles_are_refused(client, cast, sign_in, dev, role):
    sign_in(getattr(cast, role))
    for name in ("measures", "new_measure"):
        assert client.get(reverse(name, args=[dev])).status_code == 403


def test_a_long_list_takes_as_many_queries_as_a_short_one(
    client, cast, sign_in, assessment, dev, django_assert_max_num_queries
):
    from datetime import date

    for day in range(1, 29):
        measure(assessment, "phq-9", [1] * 9, by=cast.clinician, when=at(10, day=date(2026, 3, day)))
    sign_in(cast.clinician)
    client.get(reverse("measures", args=[dev]))
    with django_assert_max_num_queries(16):
        client.get(reverse("measures", args=[dev]))
