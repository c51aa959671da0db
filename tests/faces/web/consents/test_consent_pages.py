"""Consents in a browser: prepared, read, understood, signed before a witness, printed, taken back, and listed."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from tests.cast import MORNING, Cast, gather_cast
from tests.pathway.privacy.consent_cast import (
    TPO,
    for_mother,
    for_probation,
    kim,
    mother_of,
    signed,
    understand,
)
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.family.invitations import invite_patient, invite_relation
from throughcare.pathway.privacy.consent import draft_consent
from throughcare.pathway.privacy.consent_views import consent_view, consents_of_patient
from throughcare.records.consents import FamilyAccount, PatientAccount
from throughcare.records.disclosures import Disclosure
from throughcare.records.people import Account, Patient

pytestmark = pytest.mark.django_db
NOW = MORNING + timedelta(hours=3)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def her(cast) -> Patient:
    return kim(cast)


@pytest.fixture
def mother(cast, her) -> UUID:
    return mother_of(cast, her)


@pytest.fixture
def carla(client, cast):
    client.force_login(Account.objects.get(pk=cast.clinician.account))
    return client


def as_account(client, email):
    client.force_login(Account.objects.get_by_natural_key(email))
    return client


def newest(cast: Cast, her: Patient):
    return max(consents_of_patient(her.uid, by=cast.clinician, at=NOW), key=lambda view: view.drafted_at)


def test_a_consent_goes_from_the_form_to_the_signature_before_a_witness(carla, cast, her, mother):
    page = carla.get(reverse("new_consent", args=[her.uid, "family"])).content.decode()
    assert "Rosa Vance (mother)" in page
    asked = {"related": str(mother), "kinds": ["attendance"], "ends": "90", "service": "substance_use"}
    made = carla.post(reverse("new_consent", args=[her.uid, "family"]), asked, follow=True).content.decode()
    assert "You let Harbor House tell Rosa Vance:" in made
    assert "It ends on May 31, 2026" in made
    view = newest(cast, her)
    ask_url = reverse("consent_questions", args=[view.uid])
    wrong = carla.post(ask_url, {"only_this": "all", "take_back": "any_time"})
    assert wrong.status_code == 422
    assert "Rosa Vance may be told nothing else" in wrong.content.decode()
    right = carla.post(ask_url, {one.key: one.right for one in view.questions})
    assert right.url == reverse("sign_consent", args=[view.uid, "patient"])
    name = {"signed_name": "Kim Vance", "meant": "on", "drawn": "M10 10 L90 90", "seen": view.digest}
    done = carla.post(right.url, name, follow=True).content.decode()
    assert "witnessed by Carla Reyes" in done
    assert 'd="M10 10 L90 90"' in done
    assert consent_view(view.uid, by=cast.clinician, at=NOW).standing == "in_force"
    listed = carla.get(reverse("patient_consents", args=[her.uid])).content.decode()
    assert "Consent to tell someone close to you" in listed
    asked = reverse("consent_print", args=[view.uid])
    assert view.digest not in carla.get(asked).content.decode(), "first it is said for whom"
    copy = carla.post(asked, {"whom": "patient", "once": str(uuid4())}, follow=True).content.decode()
    assert view.digest in copy
    kept = Disclosure.objects.latest("pk")
    assert (kept.recipient_class, kept.kinds, kept.method) == ("patient", ["consent"], "print")
    refused = carla.post(asked, {"whom": "recipient", "once": str(uuid4())})
    assert refused.status_code == 422, "their mother may be told of attendance, not of the stay"


@pytest.mark.parametrize("form", ["tpo", "specific", "counseling_notes", "proceedings", "justice"])
def test_every_form_is_filled_in_and_makes_a_consent_that_may_be_signed(carla, cast, her, form):
    recipient = {
        "recipient": "new",
        "new_name": "Dr. Next",
        "new_kind": "treating_provider" if form != "justice" else "justice",
    }
    asked = {
        "tpo": {
            "classes": ["treating_provider", "health_plan"],
            "kinds": ["attendance", "measure"],
            "ends": "never",
        },
        "specific": {**recipient, "kinds": ["assessment"], "purposes": ["treatment"], "ends": "365"},
        "counseling_notes": {
            **recipient,
            "kinds": "counseling_note",
            "purposes": ["treatment"],
            "ends": "30",
        },
        "proceedings": {**recipient, "kinds": ["attendance"], "ends": "day", "last_day": "2026-05-01"},
        "justice": {
            **recipient,
            "kinds": ["attendance"],
            "ends": "event",
            "ends_when": "your supervision ends",
            "irrevocable": "on",
        },
    }[form]
    asked["service"] = "substance_use"
    url = reverse("new_consent", args=[her.uid, form])
    assert carla.get(url).status_code == 200
    answer = carla.post(url, asked)
    assert answer.status_code == 302, answer.content.decode()
    view = newest(cast, her)
    assert view.lacks == ()
    assert view.form == form


def test_what_is_not_filled_in_is_said_at_its_field(carla, her):
    answer = carla.post(reverse("new_consent", args=[her.uid, "specific"]), {"ends": "event"})
    said = answer.content.decode()
    assert answer.status_code == 422
    for sentence in ("Choose who may be told", "Choose what may be told", "Say which event ends it"):
        assert sentence in said
    assert carla.get(reverse("new_consent", args=[her.uid, "horoscope"])).status_code == 404


def test_an_oral_word_takes_it_back_and_a_consent_for_probation_says_why_not(carla, cast, her, mother):
    consent = signed(cast, her, for_mother(mother))
    url = reverse("take_back_consent", args=[consent])
    page = carla.post(
        url, {"how": "oral", "words": "No more calls to my mother."}, follow=True
    ).content.decode()
    assert "Taken back" in page
    assert "No more calls to my mother." in page
    probation = signed(cast, her, for_probation(cast))
    refused = carla.post(reverse("take_back_consent", args=[probation]), {"how": "oral"})
    assert refused.status_code == 422
    assert "taken back until your supervision ends" in refused.content.decode()
    ended = carla.post(reverse("consent_event", args=[probation]), follow=True).content.decode()
    assert "The consent has ended." in ended


def test_a_restriction_is_agreed_to_and_ended(carla, cast, her, mother):
    url = reverse("new_restriction", args=[her.uid])
    asked = {"text": "Not a word to my mother", "whom": f"related:{mother}", "kinds": ["attendance"]}
    page = carla.post(url, asked, follow=True).content.decode()
    assert "Not a word to my mother" in page
    restriction = her.restrictions.get()
    carla.post(reverse("end_restriction", args=[her.uid, restriction.uid]))
    restriction.refresh_from_db()
    assert restriction.ended_at == NOW


def test_consents_that_end_soon_are_listed(carla, cast, her, mother):
    signed(cast, her, for_mother(mother, days=10))
    assert "Rosa Vance" in carla.get(reverse("consents_ending")).content.decode()


def test_staff_open_an_account_for_the_patient_and_for_the_mother(carla, cast, her, mother):
    url = reverse("invite_patient", args=[her.uid])
    page = carla.post(url, {"email": "kim@mail.test"}).content.decode()
    assert "/sign-in/link/" in page
    assert PatientAccount.objects.get().account.email == "kim@mail.test"
    again = carla.post(url, {}).content.decode()
    assert "/sign-in/link/" in again
    close = reverse("invite_relation", args=[her.uid, mother])
    assert "/sign-in/link/" in carla.post(close, {"email": "rosa@mail.test"}).content.decode()
    assert FamilyAccount.objects.get().counts_from == NOW + timedelta(hours=24)
    carla.post(reverse("shut_out_relation", args=[her.uid, mother]))
    assert FamilyAccount.objects.get().ended_at == NOW


def test_the_patient_reads_answers_signs_and_takes_back_on_their_own_pages(client, cast, her, mother):
    consent = draft_consent(her.uid, for_mother(mother), by=cast.clinician, at=NOW)
    invite_patient(her.uid, email="kim@mail.test", by=cast.clinician, at=NOW)
    kim_there = as_account(client, "kim@mail.test")
    first = kim_there.get(reverse("my_privacy")).content.decode()
    assert "Something to read and sign" in first
    assert "Nobody. You have given no consent that counts now." in first
    assert "whether you came" in kim_there.get(reverse("my_consent", args=[consent])).content.decode()
    view = consent_view(consent, by=cast.clinician, at=NOW)
    to_sign = kim_there.post(
        reverse("my_questions", args=[consent]), {one.key: one.right for one in view.questions}
    )
    assert to_sign.url == reverse("my_signature", args=[consent])
    assert kim_there.get(to_sign.url).status_code == 200
    kim_there.post(to_sign.url, {"signed_name": "Kim Vance", "meant": "on", "seen": view.digest})
    listed = kim_there.get(reverse("my_privacy")).content.decode()
    assert "Rosa Vance" in listed
    assert "It ends after May 31, 2026" in listed
    back = reverse("my_take_back", args=[consent])
    assert "Yes, take it back" in kim_there.get(back).content.decode()
    assert kim_there.post(back).url == reverse("my_privacy")
    again = kim_there.post(back)
    assert again.status_code == 422
    assert "taken back already" in again.content.decode()


def test_another_patients_consent_is_absent(client, cast, her, mother):
    consent = signed(cast, her, for_mother(mother))
    lee = kim(cast)
    invite_patient(lee.uid, email="lee@mail.test", by=cast.clinician, at=NOW)
    there = as_account(client, "lee@mail.test")
    for name in ("my_consent", "my_questions", "my_signature", "my_take_back"):
        assert there.get(reverse(name, args=[consent])).status_code == 404, name
    for name in ("patient_consents", "consent"):
        uid = her.uid if name == "patient_consents" else consent
        assert there.get(reverse(name, args=[uid])).status_code == 403, name


def test_the_family_page_shows_what_is_consented_and_is_not_kept_by_any_browser(client, cast, her, mother):
    invite_patient(her.uid, email="kim@mail.test", by=cast.clinician, at=NOW)
    own = actor_for(Account.objects.get_by_natural_key("kim@mail.test").pk)
    invite_relation(mother, email="rosa@mail.test", by=own, at=NOW)
    there = as_account(client, "rosa@mail.test")
    assert "There is nothing here for you now." in there.get(reverse("family")).content.decode()
    url = reverse("family_person", args=[her.uid])
    absent = there.get(reverse("family_person", args=[UUID(int=7)]))
    before = there.get(url)
    assert (before.status_code, absent.status_code) == (404, 404)
    # The language form names the page that it leads back to, and has a token of its own each time.
    own = re.compile(r"/family/[0-9a-f-]{36}|value=\"[A-Za-z0-9]{64}\"")
    assert own.sub("", before.content.decode()) == own.sub("", absent.content.decode())
    signed(cast, her, for_mother(mother), at=NOW)
    page = there.get(url)
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert "Attendance" in page.content.decode()
    assert "Kim Vance" in there.get(reverse("family")).content.decode()
    for name in ("patient_consents", "patient", "hour_ledger", "progress"):
        assert there.get(reverse(name, args=[her.uid])).status_code in (403, 404), name


def test_another_clinic_finds_none_of_it(client, cast, her, mother):
    consent = signed(cast, her, for_mother(mother))
    elsewhere = gather_cast("Elsewhere", mail_host="elsewhere.test")
    client.force_login(Account.objects.get(pk=elsewhere.director.account))
    for name, uid in (("consent", consent), ("patient_consents", her.uid), ("consent_print", consent)):
        assert client.get(reverse(name, args=[uid])).status_code == 404, name


def test_who_only_reads_consents_finds_no_way_to_change_them(client, cast, her, mother):
    consent = draft_consent(her.uid, TPO, by=cast.clinician, at=NOW)
    understand(consent, by=cast.clinician)
    client.force_login(Account.objects.get(pk=cast.biller.account))
    page = client.get(reverse("consent", args=[consent])).content.decode()
    assert "The patient signs" not in page
    assert client.get(reverse("new_consent", args=[her.uid, "tpo"])).status_code == 403


def test_staff_are_shown_the_rule_for_a_minor_and_where_its_state_is_set(client, cast, her):
    """T-A9: the state's rule, its source, and that a parent is told neither yes nor no."""
    client.force_login(Account.objects.get(pk=cast.director.account))
    url = reverse("patient_consents", args=[her.uid])
    page = client.get(url).content.decode()
    assert "only the minor decides who is told" in page
    assert "Neither confirm nor deny." in page
    assert "not verified, ask counsel" in page
    client.post(reverse("site_state", args=[cast.site]), {"state": "NE"})
    assert "the minor and a guardian both sign" in client.get(url).content.decode()
    wrong = client.post(reverse("site_state", args=[cast.site]), {"state": "XX"})
    assert wrong.status_code == 422
    assert "Law of Nebraska" in client.get(reverse("clinic")).content.decode()


def test_a_patient_is_offered_no_search_for_people(client, cast, her):
    invite_patient(her.uid, email="kim@mail.test", by=cast.clinician, at=NOW)
    there = as_account(client, "kim@mail.test")
    assert "Find a person" not in there.get(reverse("me")).content.decode()
    assert there.get(reverse("search"), {"q": "Lee"}).status_code == 403


def test_the_first_page_of_patient_and_family_is_their_own(client, cast, her, mother):
    invite_patient(her.uid, email="kim@mail.test", by=cast.clinician, at=NOW)
    invite_relation(mother, email="rosa@mail.test", by=cast.clinician, at=NOW)
    for email, name in (("kim@mail.test", "my_sessions"), ("rosa@mail.test", "family")):
        assert as_account(client, email).get(reverse("home")).url == reverse(name)
