"""Consents: every element or no effect, understood before signed, taken back from one moment to the next."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from tests.cast import MORNING, at, gather_cast
from tests.pathway.privacy.consent_cast import (
    TPO,
    for_mother,
    for_probation,
    kim,
    mother_of,
    sign,
    signed,
    understand,
)
from throughcare.knowledge.privacy.weighing import Request
from throughcare.knowledge.privacy.wording import digest_of
from throughcare.pathway.accounts import actor_for, open_account
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.privacy.consent import check_understanding, draft_consent, withdraw_draft
from throughcare.pathway.privacy.consent_ending import record_event, revoke_consent
from throughcare.pathway.privacy.consent_signing import sign_consent
from throughcare.pathway.privacy.consent_views import (
    consent_view,
    consents_ending,
    consents_of_patient,
)
from throughcare.pathway.privacy.consents_kept import hold_consents, weigh_now
from throughcare.pathway.privacy.restrictions import (
    NewRestriction,
    agree_restriction,
    end_restriction,
    restrictions_of_patient,
)
from throughcare.records.consents import Consent, PatientAccount
from throughcare.records.people import Patient, RelatedPerson

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def her(cast):
    return kim(cast)


@pytest.fixture
def mother(cast, her):
    return mother_of(cast, her)


def own_session(cast, patient):
    account = open_account(
        "kim@mail.test", name="Kim Vance", password=None, roles=("patient",), by=cast.program, at=MORNING
    )
    PatientAccount.objects.create(
        organization_id=cast.organization, patient=patient, account=account, recorded_at=MORNING
    )
    return actor_for(account.pk)


def may_see(patient, mother, when, kind="attendance"):
    request = Request(str(mother), "family", "family_involvement", kind, when)
    return weigh_now(patient.pk, request)


def test_a_consent_counts_from_the_last_signature_that_it_needs(cast, her, mother):
    consent = draft_consent(her.uid, for_mother(mother), by=cast.clinician, at=MORNING)
    assert consent_view(consent, by=cast.clinician, at=MORNING).standing == "draft"
    assert not may_see(her, mother, MORNING)
    understand(consent, by=cast.clinician)
    assert sign(cast, consent) is True
    assert may_see(her, mother, MORNING)
    assert may_see(her, mother, MORNING, "measure").because.startswith("No consent lets")


@pytest.mark.parametrize(
    "change, said",
    [
        ({"expires_at": None}, "Say when the consent ends"),
        ({"kinds": frozenset()}, "Say which records"),
        ({"purposes": frozenset()}, "Say what the records are for"),
        ({"related_person": None}, "Say who may receive"),
        ({"kinds": frozenset({"counseling_note"})}, "consent of their own"),
        ({"never_ends": True}, "may go without an end"),
        ({"irrevocable": True}, "Only a consent for supervision"),
    ],
)
def test_an_incomplete_consent_can_be_prepared_but_not_signed_and_says_what_is_missing(
    cast, her, mother, change, said
):
    consent = draft_consent(her.uid, replace(for_mother(mother), **change), by=cast.clinician, at=MORNING)
    view = consent_view(consent, by=cast.clinician, at=MORNING)
    assert said in " ".join(view.lacks)
    with pytest.raises(Cannot, match=said):
        sign(cast, consent)
    assert Consent.objects.get(uid=consent).given_at is None


def test_it_is_signed_only_when_understood_and_wrong_answers_are_explained_again(cast, her, mother):
    consent = draft_consent(her.uid, for_mother(mother), by=cast.clinician, at=MORNING)
    with pytest.raises(Cannot, match="questions first"):
        sign(cast, consent)
    wrong = check_understanding(
        consent, {"only_this": "all", "take_back": "any_time"}, by=cast.clinician, at=MORNING
    )
    assert [one.key for one in wrong] == ["only_this"]
    assert "Rosa Vance may be told nothing else" in wrong[0].again
    with pytest.raises(Cannot, match="questions first"):
        sign(cast, consent)
    understand(consent, by=cast.clinician)
    assert sign(cast, consent)
    assert len(Consent.objects.get(uid=consent).understood["tries"]) == 2


def test_the_exact_words_are_kept_with_their_digest_language_and_version(cast, her, mother):
    row = Consent.objects.get(uid=draft_consent(her.uid, for_mother(mother), by=cast.clinician, at=MORNING))
    assert digest_of(row.text) == row.digest
    assert (row.language, row.wording_version) == ("en", "2026-1")
    for said in (
        "Kim Vance",
        "Harbor House",
        "Rosa Vance",
        "whether you came",
        "May 31, 2026",
        "take this back",
    ):
        assert said in row.text, said
    understand(row.uid, by=cast.clinician)
    with pytest.raises(Cannot, match="wording changed"):
        sign(cast, row.uid, seen="0" * 64)
    assert sign(cast, row.uid, seen=row.digest)


def test_a_drawn_signature_is_strokes_and_nothing_else(cast, her, mother):
    consent = draft_consent(her.uid, for_mother(mother), by=cast.clinician, at=MORNING)
    understand(consent, by=cast.clinician)
    for harm in ("", "<script>", "M1 1 L", "M1 1 url(x)"):
        with pytest.raises(Cannot, match="Draw the signature"):
            sign(cast, consent, means="drawn", drawn=harm)
    assert sign(cast, consent, means="drawn", drawn="M10 20 L30 40 M50 60")
    (name,) = consent_view(consent, by=cast.clinician, at=MORNING).signatures
    assert (name.drawn, name.witness) == ("M10 20 L30 40 M50 60", "Carla Reyes")


def test_nobody_signs_twice_or_after_it_was_put_aside(cast, her, mother):
    consent = signed(cast, her, for_mother(mother))
    with pytest.raises(Cannot, match="signed already"):
        sign(cast, consent)
    other = draft_consent(her.uid, for_mother(mother), by=cast.clinician, at=MORNING)
    withdraw_draft(other, by=cast.clinician, at=MORNING)
    with pytest.raises(Cannot, match="put aside"):
        sign(cast, other)
    with pytest.raises(Cannot, match="signed already"):
        withdraw_draft(consent, by=cast.clinician, at=MORNING)


def test_only_the_patient_signs_in_again_and_only_staff_witness(cast, her, mother):
    consent = draft_consent(her.uid, for_mother(mother), by=cast.clinician, at=MORNING)
    understand(consent, by=cast.clinician)
    with pytest.raises(Cannot, match="Only the patient"):
        sign(cast, consent, proof="reauthenticated")
    own = own_session(cast, her)
    said = {"party": "patient", "signed_name": "Kim Vance", "means": "typed", "by": own, "at": MORNING}
    with pytest.raises(Cannot, match="staff has to witness"):
        sign_consent(consent, proof="witnessed", **said)
    assert sign_consent(consent, proof="reauthenticated", **said)


def test_where_both_must_sign_it_counts_after_the_second(cast):
    her = kim(cast, state="NE")
    mother = mother_of(cast, her)
    consent = draft_consent(her.uid, for_mother(mother), by=cast.clinician, at=MORNING)
    understand(consent, by=cast.clinician)
    assert sign(cast, consent) is False
    view = consent_view(consent, by=cast.clinician, at=MORNING)
    assert (view.standing, view.still_to_sign) == ("draft", ("guardian",))
    assert not may_see(her, mother, MORNING)
    assert sign(cast, consent, party="guardian", signed_name="Rosa Vance") is True
    assert may_see(her, mother, MORNING)


def test_where_the_minor_decides_alone_nobody_signs_beside_them(cast, her, mother):
    consent = draft_consent(her.uid, for_mother(mother), by=cast.clinician, at=MORNING)
    assert "You sign this yourself." in consent_view(consent, by=cast.clinician, at=MORNING).text
    with pytest.raises(Cannot, match="Only the patient signs this"):
        sign(cast, consent, party="guardian", signed_name="Rosa Vance")


def test_without_a_date_of_birth_nobody_knows_who_signs(cast, her, mother):
    Patient.objects.filter(pk=her.pk).update(birth_date=None)
    with pytest.raises(Cannot, match="date of birth"):
        draft_consent(her.uid, TPO, by=cast.clinician, at=MORNING)


def test_taken_back_at_two_it_is_over_at_two(cast, her, mother):
    consent = signed(cast, her, for_mother(mother))
    assert may_see(her, mother, at(13, 59))
    revoke_consent(consent, how="oral", words="I don't want that any more", by=cast.nurse, at=at(14))
    assert may_see(her, mother, at(14)).because.startswith("The consent was taken back.")
    view = consent_view(consent, by=cast.clinician, at=at(15))
    assert (view.standing, view.revoked_words) == ("taken_back", "I don't want that any more")
    with pytest.raises(Cannot, match="taken back already"):
        revoke_consent(consent, how="oral", by=cast.nurse, at=at(14, 1))


def test_a_patient_takes_it_back_on_their_own_page_and_a_draft_is_put_aside_instead(cast, her, mother):
    own = own_session(cast, her)
    consent = signed(cast, her, for_mother(mother))
    with pytest.raises(Cannot, match="word of mouth"):
        revoke_consent(consent, how="page", by=cast.clinician, at=LATER)
    revoke_consent(consent, how="page", by=own, at=LATER)
    assert not may_see(her, mother, LATER)
    draft = draft_consent(her.uid, for_mother(mother), by=cast.clinician, at=MORNING)
    with pytest.raises(Cannot, match="never in force"):
        revoke_consent(draft, how="page", by=own, at=LATER)


def test_a_consent_for_probation_lasts_until_its_event(cast, her):
    consent = signed(cast, her, for_probation(cast))
    with pytest.raises(Cannot, match="can't be taken back until your supervision ends"):
        revoke_consent(consent, how="oral", by=cast.clinician, at=LATER)
    assert consent_view(consent, by=cast.clinician, at=LATER).awaits_event
    record_event(consent, by=cast.case_manager, at=LATER)
    assert consent_view(consent, by=cast.clinician, at=LATER).standing == "ended"
    with pytest.raises(Cannot, match="already"):
        record_event(consent, by=cast.case_manager, at=LATER)


def test_signed_anew_for_the_same_person_the_earlier_one_is_replaced(cast, her, mother):
    signed(cast, her, for_mother(mother, "attendance", "measure"))
    signed(cast, her, for_mother(mother, "attendance"), at=LATER)
    standings = [view.standing for view in consents_of_patient(her.uid, by=cast.clinician, at=LATER)]
    assert standings == ["in_force", "replaced"]
    assert not may_see(her, mother, LATER, "measure")


def test_someone_elses_mother_and_another_clinics_consent_are_absent(cast, her, mother):
    ben = kim(cast)
    with pytest.raises(Absent):
        draft_consent(ben.uid, for_mother(mother), by=cast.clinician, at=MORNING)
    consent = signed(cast, her, for_mother(mother))
    elsewhere = gather_cast("Elsewhere", mail_host="elsewhere.test")
    for act in (
        lambda: consent_view(consent, by=elsewhere.director, at=MORNING),
        lambda: revoke_consent(consent, how="oral", by=elsewhere.director, at=MORNING),
        lambda: sign_consent(
            consent, party="patient", signed_name="X", means="typed", proof="witnessed",
            by=elsewhere.director, at=MORNING,
        ),
    ):  # fmt: skip
        with pytest.raises(Absent):
            act()


def test_who_may_not_change_consents_is_refused(cast, her, mother):
    with pytest.raises(CannotSee):
        draft_consent(her.uid, for_mother(mother), by=cast.biller, at=MORNING)


def test_what_ends_soon_is_on_one_list_and_a_person_who_is_no_longer_close_is_not_chosen(cast, her, mother):
    signed(cast, her, for_mother(mother, days=20))
    (line,) = consents_ending(by=cast.case_manager, at=MORNING)
    assert (line.name, line.recipient) == ("Kim Vance", "Rosa Vance")
    assert consents_ending(by=cast.case_manager, at=MORNING, within=timedelta(days=19)) == ()
    RelatedPerson.objects.filter(uid=mother).update(ended_at=MORNING)
    with pytest.raises(Absent):
        draft_consent(her.uid, for_mother(mother), by=cast.clinician, at=MORNING)


def test_a_restriction_stands_against_a_consent_until_it_ends(cast, her, mother):
    signed(cast, her, for_mother(mother))
    agreed = agree_restriction(
        her.uid,
        NewRestriction("Nothing to my mother about this month", related_person=mother),
        by=cast.clinician,
        at=LATER,
    )
    assert "agreed with the patient" in may_see(her, mother, LATER).because
    with pytest.raises(Cannot, match="staff"):
        agree_restriction(her.uid, NewRestriction("x"), by=own_session(cast, her), at=LATER)
    end_restriction(agreed, by=cast.clinician, at=LATER + timedelta(hours=1))
    assert may_see(her, mother, LATER + timedelta(hours=1))
    assert restrictions_of_patient(her.uid, by=cast.clinician, at=LATER)[0].whom == "Rosa Vance"


@pytest.mark.django_db(transaction=True)
def test_consents_are_held_only_inside_a_transaction(cast, her):
    with pytest.raises(RuntimeError):
        hold_consents(her.pk)
    with transaction.atomic():
        hold_consents(her.pk)
