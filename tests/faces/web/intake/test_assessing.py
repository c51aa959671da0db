"""The clinician's pages of an assessment."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import at, gather_cast
from tests.intake_cast import ALL_NO, BEN, BEN_RATED, assess, ben, measure, patient_of
from throughcare.pathway.intake.assessment import answer_section, assessment_view, rate_domain
from throughcare.records.assessments import AssessmentSignature, DomainRating, IntakeAnswer
from throughcare.records.measures import MeasureResponse
from throughcare.records.people import Account


@pytest.fixture
def assessment(cast):
    """Ben's assessment, with nothing in it yet."""
    return assess(cast, BEN)


@pytest.fixture
def sign_in(client):
    """Signs an actor in."""
    return lambda actor: client.force_login(Account.objects.get(pk=actor.account))


def at_page(name, assessment, *more):
    return reverse(name, args=[assessment, *more])


def test_the_link_is_shown_once_and_opens_the_persons_part(client, cast, sign_in, assessment):
    sign_in(cast.clinician)
    sent = client.post(at_page("intake_invitation", assessment))
    link = re.search(r"http://testserver(/intake/[\w-]+)", sent.content.decode())[1]
    assert client.get(link).status_code == 200
    assert link not in client.get(at_page("assessment", assessment)).content.decode()


def test_a_section_is_confirmed(client, cast, sign_in, assessment):
    answer_section(
        assessment, "work", {"works": "no"}, said_by="patient", by=cast.clinician, at=at(9), seen_version=0
    )
    sign_in(cast.clinician)
    assert "To confirm" in client.get(at_page("assessment", assessment)).content.decode()
    shown = client.get(at_page("assessment_section", assessment, "work")).content.decode()
    assert "Ben, to Carla Reyes" in shown
    sent = client.post(
        at_page("assessment_section", assessment, "work"), {"works": "no", "seen_version": "1"}
    )
    assert sent.status_code == 302
    assert IntakeAnswer.objects.order_by("-version").first().said_by == "clinician"
    assert "Confirmed" in client.get(at_page("assessment", assessment)).content.decode()


def test_two_clinicians_at_one_section_lose_nothing(client, cast, sign_in, assessment):
    sign_in(cast.clinician)
    client.post(at_page("assessment_section", assessment, "work"), {"works": "no", "seen_version": "0"})
    sign_in(cast.director)
    sent = client.post(
        at_page("assessment_section", assessment, "work"),
        {"works": "yes", "work_kind": "Baker", "seen_version": "0"},
    )
    text = sent.content.decode()
    assert sent.status_code == 422
    assert "Carla Reyes changed" in text
    assert 'value="Baker"' in text


def test_the_checklist_leaves_what_is_not_known_unknown(client, cast, sign_in, assessment):
    sign_in(cast.clinician)
    sent = client.post(
        at_page("assessment_section", assessment, "checklist"),
        {"delirium": "no", "heavy_use_now": "unknown", "overdoses_90_days": "1", "seen_version": "0"},
    )
    assert sent.status_code == 302
    assert IntakeAnswer.objects.get().answers == {
        "delirium": "no",
        "heavy_use_now": "unknown",
        "overdoses_90_days": 1,
    }


def test_a_domain_is_rated_with_its_evidence_beside(client, cast, sign_in, assessment):
    measure(assessment, "phq-9", [2] * 9, by=cast.clinician)
    sign_in(cast.clinician)
    shown = client.get(at_page("assessment_domain", assessment, "M")).content.decode()
    assert "18 of 27" in shown
    assert "Daily structure" in shown
    address = at_page("assessment_domain", assessment, "M")
    without = client.post(address, {"rating": "2", "evidence": "", "seen_version": "0"})
    assert without.status_code == 422
    assert "Write what makes it this rating" in without.content.decode()
    assert client.post(address, {"rating": "2", "evidence": "Low", "seen_version": "0"}).status_code == 302
    late = client.post(address, {"rating": "3", "evidence": "Worse", "seen_version": "0"})
    assert late.status_code == 422
    assert "2: Low" in late.content.decode()
    assert DomainRating.objects.count() == 1


def test_a_questionnaire_without_its_wording_is_recorded_by_number(client, cast, sign_in, assessment):
    sign_in(cast.clinician)
    shown = client.get(at_page("assessment_measure", assessment, "dast-10")).content.decode()
    assert "Read from your licensed copy" in shown
    assert "Item 3: stopping" in shown
    answers = {f"item_{number}": "1" for number in range(1, 11)} | {"mode": "clinician"}
    sent = client.post(at_page("assessment_measure", assessment, "dast-10"), answers, follow=True)
    assert "9 of 10, severe" in sent.content.decode()


def test_answers_of_the_screener_are_told_at_once(client, cast, sign_in, assessment):
    sign_in(cast.clinician)
    answers = {"item_1": "1", "item_2": "1", "item_3": "1", "item_4": "0", "item_5": "0", "item_6": "0"}
    sent = client.post(
        at_page("assessment_measure", assessment, "c-ssrs-screener"),
        {**answers, "mode": "clinician"},
        follow=True,
    )
    text = sent.content.decode()
    assert "moderate" in text
    assert "Thoughts with a method" in text


def test_recording_again_corrects_and_asking_anew_adds(client, cast, sign_in, assessment):
    measure(assessment, "gad-7", [1] * 7, by=cast.clinician)
    sign_in(cast.clinician)
    address = at_page("assessment_measure", assessment, "gad-7")
    answers = {f"item_{number}": "2" for number in range(1, 8)} | {"mode": "clinician"}
    client.post(address, answers)
    assert MeasureResponse.objects.filter(retired_at__isnull=True).count() == 1
    client.post(f"{address}?again=1", answers)
    assert MeasureResponse.objects.filter(retired_at__isnull=True).count() == 2


def test_a_risk_tool_that_is_due_is_asked_anew_and_not_corrected(client, cast, sign_in, assessment):
    measure(assessment, "c-ssrs-screener", ALL_NO, by=cast.clinician, when=at(10))
    measure(assessment, "phq-9", [1] * 9, by=cast.clinician, when=at(11))
    sign_in(cast.clinician)
    address = at_page("assessment_measure", assessment, "c-ssrs-screener")
    assert "Recorded already" not in client.get(address).content.decode()
    client.post(address, {"item_1": "0", "item_2": "0", "item_6": "0", "mode": "clinician"})
    assert MeasureResponse.objects.filter(code="c-ssrs-screener", retired_at__isnull=True).count() == 2
    assert assessment_view(assessment, by=cast.clinician, at=at(12)).risk_due is None


def test_signing_is_refused_in_a_sentence_and_then_done(client, cast, sign_in, assessment):
    sign_in(cast.clinician)
    shown = client.get(at_page("assessment", assessment)).content.decode()
    assert "Rate every domain first" in shown
    refused = client.post(at_page("sign_assessment", assessment))
    assert refused.status_code == 409
    assert "Rate every domain first" in refused.content.decode()
    for code in BEN_RATED:
        rate_domain(assessment, code, rating=1, evidence="Seen", by=cast.clinician, at=at(11))
    measure(assessment, "c-ssrs-screener", ALL_NO, by=cast.clinician)
    once = str(uuid4())
    for _ in range(2):
        assert client.post(at_page("sign_assessment", assessment), {"once": once}).status_code == 302
    assert AssessmentSignature.objects.count() == 1
    text = client.get(at_page("assessment", assessment)).content.decode()
    assert "Signed by Carla Reyes, LCSW" in text
    assert (
        "<form"
        not in client.get(at_page("assessment_section", assessment, "work"))
        .content.decode()
        .split("<main")[1]
    )


@pytest.mark.parametrize("name", ["assessment", "placement"])
@pytest.mark.parametrize("role", ["biller", "admin", "compliance"])
def test_these_roles_are_refused(client, cast, sign_in, assessment, name, role):
    sign_in(getattr(cast, role))
    assert client.get(at_page(name, assessment)).status_code == 403


def test_a_facilitator_reads_and_is_refused_when_writing(client, cast, sign_in, assessment):
    sign_in(cast.facilitator)
    assert client.get(at_page("assessment", assessment)).status_code == 200
    shown = client.get(at_page("assessment_section", assessment, "work")).content.decode().split("<main")[1]
    assert "Confirm and save" not in shown
    sent = client.post(at_page("assessment_section", assessment, "work"), {"works": "no"})
    assert sent.status_code in {403, 409, 422}
    assert not IntakeAnswer.objects.exists()


def test_another_organization_finds_no_page(client, cast, sign_in, assessment):
    sign_in(gather_cast("Elsewhere", mail_host="elsewhere.test").clinician)
    for address in (
        at_page("assessment", assessment),
        at_page("assessment_section", assessment, "work"),
        at_page("assessment_domain", assessment, "M"),
        at_page("assessment_measure", assessment, "phq-9"),
        at_page("placement", assessment),
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "more"),
    [("assessment_section", "nonsense"), ("assessment_domain", "Z"), ("assessment_measure", "nonsense")],
)
def test_what_does_not_exist_is_not_found(client, cast, sign_in, assessment, name, more):
    sign_in(cast.clinician)
    assert client.get(at_page(name, assessment, more)).status_code == 404


def test_nobody_signed_in_is_led_to_sign_in(client, assessment):
    assert client.get(at_page("assessment", assessment)).url.startswith("/sign-in")


def test_words_about_a_person_are_escaped(client, cast, sign_in, assessment):
    rate_domain(assessment, "M", rating=2, evidence="<img src=x onerror=1>", by=cast.clinician, at=at(10))
    sign_in(cast.clinician)
    assert "<img src=x" not in client.get(at_page("assessment_domain", assessment, "M")).content.decode()


def test_the_page_takes_as_many_queries_however_much_was_said(
    client, cast, sign_in, django_assert_max_num_queries
):
    assessment = ben(cast)
    sign_in(cast.clinician)
    client.get(at_page("assessment", assessment))
    with django_assert_max_num_queries(24):
        client.get(at_page("assessment", assessment))


def test_the_screen_of_ben_shows_the_track(client, cast, sign_in):
    assessment = ben(cast)
    sign_in(cast.clinician)
    assert "works 07-15: evening track" in client.get(at_page("assessment", assessment)).content.decode()
    assert assessment_view(assessment, by=cast.clinician, at=at(12)).against_signing == ()
    assert patient_of(assessment).given_name == "Ben"
