"""Anyone may ask for help, and it becomes a referral."""

import pytest
from django.test import Client

from throughcare.records.referrals import Referral

pytestmark = pytest.mark.django_db

ASKED = {
    "who": "self",
    "name": "Sam",
    "phone": "212-555-0111",
    "concerns": ["alcohol", "suicide"],
    "voicemail": "on",
}


def test_the_front_door_leads_to_help_and_to_signing_in(cast):
    page = Client().get("/welcome").content.decode()
    for words in ("Harbor House", "/ask-for-help", "988", "911", "/sign-in", "within one business day"):
        assert words in page


def test_without_a_clinic_the_front_door_leads_to_set_up(db):
    assert Client().get("/welcome").status_code == 302


def test_asking_makes_a_referral_and_says_what_happens_next(cast):
    browser = Client()
    answer = browser.post("/ask-for-help", ASKED, follow=True)
    assert answer.redirect_chain == [("/ask-for-help/thanks", 302)]
    assert "by Tuesday, March 3" in answer.content.decode()
    assert "not watched live" in answer.content.decode()
    referral = Referral.objects.get()
    assert (referral.source, referral.asked_for_by, referral.concerns) == (
        "self",
        "self",
        ["alcohol", "suicide"],
    )
    assert referral.patient.contact_wishes == {"voicemail": True}


def test_given_and_family_name_are_kept_apart(cast):
    Client().post("/ask-for-help", {**ASKED, "family_name": "Lee"})
    patient = Referral.objects.get().patient
    assert (patient.given_name, patient.family_name) == ("Sam", "Lee")


def test_the_family_name_is_said_to_be_optional(cast):
    page = Client().get("/ask-for-help").content.decode()
    for label in ("Family name", "Their family name"):
        assert "optional" in page.split(f"{label}", 1)[1][:60]


@pytest.mark.parametrize(
    "way",
    [{"phone": "", "email": "sam@example.org"}, {"phone": "", "other_way": "Ask for Jo at the shelter"}],
)
def test_one_way_to_be_reached_is_enough(cast, way):
    assert Client().post("/ask-for-help", {**ASKED, **way}).status_code == 302


def test_someone_may_ask_for_someone_else(cast):
    asked = {**ASKED, "who": "family", "name": "Rosa", "person": "Luis", "email": "rosa@example.org"}
    Client().post("/ask-for-help", {**asked, "family_name": "Vega", "person_family_name": "Soto"})
    referral = Referral.objects.get()
    patient = referral.patient
    assert (patient.given_name, patient.family_name, patient.phone) == ("Luis", "Soto", "")
    assert (referral.referrer_name, referral.referrer_phone) == ("Rosa Vega", "212-555-0111")
    assert patient.contact_wishes["other_way"] == "Through Rosa Vega: 212-555-0111, rosa@example.org"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Tell us what we may call you"),
        ({"phone": ""}, "Give one way to reach you"),
        ({"who": ""}, "Choose who needs help"),
        ({"who": "friend"}, "Tell us what we may call the person"),
        ({"phone": "", "email": "sam@"}, "Enter an email address like"),
        ({"concerns": ["gambling"]}, "gambling"),
        ({"name": "x" * 101}, "at most 100 characters"),
    ],
)
def test_what_is_missing_is_said_at_its_place(cast, changes, words):
    answer = Client().post("/ask-for-help", {**ASKED, **changes})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Referral.objects.exists()


def test_a_double_click_asks_once(cast):
    asked = {**ASKED, "once": "6f1b5f4e-8a3d-4a77-9f0e-0d6f6c1d2b11"}
    browser = Client()
    assert browser.post("/ask-for-help", asked).url == "/ask-for-help/thanks"
    assert browser.post("/ask-for-help", asked).url == "/ask-for-help/thanks"
    assert Referral.objects.count() == 1


def test_markup_in_a_name_stays_text(cast, admissions):
    Client().post("/ask-for-help", {**ASKED, "name": "<script>alert(1)</script>"})
    page = admissions.get("/referrals/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
