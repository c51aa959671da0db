"""The placement page: Ben of the second acceptance scenario, a STOP, and who may decide."""

import pytest
from django.urls import reverse

from tests.cast import at
from tests.intake_cast import DEV, assess, ben, measure
from throughcare.records.people import Account
from throughcare.records.placements import PlacementDecision


@pytest.fixture
def sign_in(client):
    """Signs an actor in."""
    return lambda actor: client.force_login(Account.objects.get(pk=actor.account))


def test_ben_is_placed_in_outpatient_only_with_a_code_and_a_text(client, cast, sign_in):
    assessment = ben(cast)
    address = reverse("placement", args=[assessment])
    sign_in(cast.clinician)
    shown = client.get(address).content.decode()
    assert "Intensive outpatient" in shown
    assert "Works 07-15: evening track" in shown
    assert "Rated by Carla Reyes" in shown
    refused = client.post(address, {"placed": "op", "override_code": "", "override_text": ""})
    assert refused.status_code == 422
    assert 'href="#id_override_code"' in refused.content.decode()
    refused = client.post(address, {"placed": "op", "override_code": "patient_choice", "override_text": " "})
    assert refused.status_code == 422
    assert 'href="#id_override_text"' in refused.content.decode()
    assert not PlacementDecision.objects.exists()
    words = {
        "placed": "op",
        "override_code": "patient_choice",
        "override_text": "He wants his evenings <free>.",
    }
    kept = client.post(address, words, follow=True).content.decode()
    assert "Indicated: Intensive outpatient." in kept
    assert "The person chose otherwise" in kept
    assert "His" not in kept
    assert "evenings &lt;free&gt;" in kept
    stored = PlacementDecision.objects.get()
    assert (stored.indicated, stored.placed, stored.override_code) == ("iop", "op", "patient_choice")


def test_a_double_click_decides_once(client, cast, sign_in):
    address = reverse("placement", args=[ben(cast)])
    sign_in(cast.clinician)
    once = "5d3a3a3e-6a57-4b1e-9a55-0b6f4c6a0002"
    for _ in range(2):
        assert client.post(address, {"placed": "iop", "once": once}).status_code == 302
    assert PlacementDecision.objects.count() == 1


def test_a_stop_is_shown_with_what_to_do_and_stops(client, cast, sign_in):
    assessment = ben(cast)
    measure(assessment, "c-ssrs-screener", [1, 1, 1, 1, 0, 0, None], by=cast.clinician, when=at(11))
    address = reverse("placement", args=[assessment])
    sign_in(cast.clinician)
    shown = client.get(address).content.decode()
    assert "STOP: There is an imminent risk" in shown
    assert "Stay with the person" in shown
    words = {"placed": "iop", "override_code": "patient_choice", "override_text": "He wants it."}
    refused = client.post(address, words)
    assert refused.status_code == 422
    assert 'href="#id_placed"' in refused.content.decode()
    assert not PlacementDecision.objects.exists()


def test_missing_facts_lead_to_where_they_are_entered(client, cast, sign_in):
    assessment = assess(cast, DEV)
    sign_in(cast.clinician)
    shown = client.get(reverse("placement", args=[assessment])).content.decode()
    assert "No level yet" in shown
    assert reverse("assessment_domain", args=[assessment, "U"]) in shown
    assert reverse("assessment_measure", args=[assessment, "c-ssrs-screener"]) in shown
    assert reverse("assessment_section", args=[assessment, "checklist"]) in shown


def test_after_the_decision_the_main_button_is_to_admit(client, cast, sign_in):
    address = reverse("placement", args=[ben(cast)])
    sign_in(cast.clinician)
    before = client.get(address).content.decode()
    assert '<button class="button">Confirm the placement' in before and "Decide again" not in before
    after = client.post(address, {"placed": "iop"}, follow=True).content.decode()
    assert "Decide again" in after and '<button class="button button-quiet">Confirm the placement' in after
    assert ">Admit</a>" in after


def test_a_refusal_says_its_sentence_and_no_source(client, cast, sign_in):
    address = reverse("placement", args=[ben(cast)])
    sign_in(cast.admissions)
    page = client.get(address).content.decode()
    assert "Your role may not change placement decisions" in page and "<cite>" not in page


@pytest.mark.parametrize("role", ["facilitator", "case_manager", "nurse", "admissions"])
def test_these_roles_read_and_do_not_decide(client, cast, sign_in, role):
    assessment = ben(cast)
    address = reverse("placement", args=[assessment])
    sign_in(getattr(cast, role))
    shown = client.get(address)
    assert shown.status_code == 200
    assert "Confirm the placement" not in shown.content.decode()
    client.post(address, {"placed": "iop"})
    assert not PlacementDecision.objects.exists()


def test_a_biller_is_refused(client, cast, sign_in):
    sign_in(cast.biller)
    assert client.get(reverse("placement", args=[ben(cast)])).status_code == 403


def test_the_page_takes_few_queries(client, cast, sign_in, django_assert_max_num_queries):
    address = reverse("placement", args=[ben(cast)])
    sign_in(cast.clinician)
    client.get(address)
    with django_assert_max_num_queries(22):
        client.get(address)
