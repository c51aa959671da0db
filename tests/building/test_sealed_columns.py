"""Every column that may hold words is sealed, or stands here with the reason why it may be read."""

import pytest
from django.apps import apps
from django.db import models

from throughcare.records.sealed import SEALED

# What a column may be without being sealed.
CODE = "a word of a list that the program knows"
DIGEST = "a fingerprint"
KEY = "a key or an address inside the program"
STAFF = "about someone who works here"
CLINIC = "about the clinic, its rooms, groups and rules"
PROGRAM = "about the program's own running"
BY_HAND = "sealed by the code that writes it"

PLAIN = {
    "Access.digest": DIGEST,
    "Access.kinds": CODE,
    "Access.purpose": CODE,
    "Access.relationship": CODE,
    "Access.route": KEY,
    "Access.surface": CODE,
    "Access.verb": CODE,
    "Account.email_mark": DIGEST,
    "Account.password": DIGEST,
    "Addendum.credential": CODE,
    "Agreement.digest": DIGEST,
    "Agreement.kind": CODE,
    "Agreement.wording_version": CODE,
    "AssessmentSignature.credential": CODE,
    "Attendance.status": CODE,
    "CareTeamMember.part": CODE,
    "ChainCheck.digest": DIGEST,
    "Commitment.kind": CODE,
    "Consent.digest": DIGEST,
    "Consent.discloser": CLINIC,
    "Consent.form": CODE,
    "Consent.kinds": CODE,
    "Consent.language": CODE,
    "Consent.purposes": CODE,
    "Consent.recipient_classes": CODE,
    "Consent.signers": CODE,
    "Consent.understood": CODE,
    "Consent.wording_version": CODE,
    "ConsentRevocation.how": CODE,
    "ConsentSignature.means": CODE,
    "ConsentSignature.party": CODE,
    "ConsentSignature.proof": CODE,
    "ContactAttempt.mode": CODE,
    "ContactAttempt.outcome": CODE,
    "Diagnosis.code": CODE,
    "Diagnosis.title": CODE,
    "Discharge.credential": CODE,
    "Discharge.reason": CODE,
    "Disclosure.basis": CODE,
    "Disclosure.digest": DIGEST,
    "Disclosure.kinds": CODE,
    "Disclosure.method": CODE,
    "Disclosure.purpose": CODE,
    "Disclosure.recipient_class": CODE,
    "Disclosure.statement": CODE,
    "DomainRating.domain": CODE,
    "DoorMail.kind": CODE,
    "DoorMail.trouble": PROGRAM,
    "DoorMail.words": BY_HAND,
    "EmergencyAccess.reason": CODE,
    "EmergencyReview.finding": CODE,
    "Episode.track": CODE,
    "FactorRecovery.reason": STAFF,
    "Group.name": CLINIC,
    "Group.session_type": CODE,
    "Group.telehealth_url": CLINIC,
    "Group.track": CODE,
    "Group.variant": CODE,
    "GroupOffer.session_type": CODE,
    "GroupOffer.telehealth_url": CLINIC,
    "GroupOffer.track": CODE,
    "GroupOffer.variant": CODE,
    "GroupPlace.telehealth_url": CLINIC,
    "Guard.why": CODE,
    "HeldForm.fields": BY_HAND,
    "HeldForm.path": KEY,
    "HeldForm.why": CODE,
    "Holiday.name": CLINIC,
    "InquiryCall.how": CODE,
    "InquiryCall.says_they_are": CODE,
    "InquiryCall.script": CODE,
    "IntakeAnswer.said_by": CODE,
    "IntakeAnswer.section": CODE,
    "IntakeInvitation.token_digest": DIGEST,
    "Intervention.session_type": CODE,
    "KeyWitness.fingerprint": DIGEST,
    "Kiosk.browser_mark": DIGEST,
    "KioskCode.code_mark": DIGEST,
    "KioskCode.leads_to": BY_HAND,
    "LegalDecision.answer": CODE,
    "LegalDocument.kind": CODE,
    "LegalRequest.kind": CODE,
    "LegalRequest.kinds": CODE,
    "MeasureRequest.code": CODE,
    "MeasureResponse.band": CODE,
    "MeasureResponse.code": CODE,
    "MeasureResponse.critical": CODE,
    "MeasureResponse.flags": CODE,
    "MeasureResponse.may_be": CODE,
    "MeasureResponse.mode": CODE,
    "MeasureResponse.subscales": CODE,
    "Note.attendance_status": CODE,
    "Note.credential": CODE,
    "NameAnswer.digest": DIGEST,
    "Note.digest": DIGEST,
    "Note.place": CLINIC,
    "Note.session_type": CODE,
    "NoteApart.kind": CODE,
    "NoteCosignature.credential": CODE,
    "Objective.measure_code": CODE,
    "Organization.name": CLINIC,
    "Organization.neutral_name": CLINIC,
    "Organization.phone": CLINIC,
    "Patient.sex": CODE,
    "PlacementDecision.credential": CODE,
    "PlacementDecision.indicated": CODE,
    "PlacementDecision.override_code": CODE,
    "PlacementDecision.placed": CODE,
    "PlacementDecision.rule_version": CODE,
    "PlanReview.because": CODE,
    "PlanReview.credential": CODE,
    "PlanReview.outcome": CODE,
    "PlanSignature.credential": CODE,
    "PlanSignature.digest": DIGEST,
    "PlanSignature.party": CODE,
    "Practitioner.credential": CODE,
    "Practitioner.family_name": STAFF,
    "Practitioner.gender": STAFF,
    "Practitioner.given_name": STAFF,
    "Practitioner.languages": STAFF,
    "Practitioner.licence_number": STAFF,
    "PrescriptionLine.session_type": CODE,
    "PrivacyNotice.kind": CODE,
    "PrivacyNotice.mark": DIGEST,
    "Recipient.kind": CODE,
    "Referral.asked_for_by": CODE,
    "Referral.external_id": KEY,
    "Referral.source": CODE,
    "ReferralClosure.reason": CODE,
    "ReferralContact.mode": CODE,
    "ReferralContact.outcome": CODE,
    "ReferralDocument.digest": DIGEST,
    "ReferralDocument.media_type": CODE,
    "Restriction.kinds": CODE,
    "Restriction.purposes": CODE,
    "Restriction.recipient_classes": CODE,
    "RoleGrant.role": CODE,
    "Room.kind": CODE,
    "Room.name": CLINIC,
    "RunTurn.how": CODE,
    "Session.session_type": CODE,
    "Session.telehealth_url": CLINIC,
    "Session.topic": CLINIC,
    "Session.way": CODE,
    "SettingChange.key": CODE,
    "SettingChange.value": CLINIC,
    "SignIn.device": STAFF,
    "SignIn.how": CODE,
    "SignIn.session_mark": DIGEST,
    "SignInLink.browser_mark": DIGEST,
    "SignInLink.kind": CODE,
    "SignInLink.token_mark": DIGEST,
    "Site.address": CLINIC,
    "Site.name": CLINIC,
    "Site.phone": CLINIC,
    "Site.state": CODE,
    "Site.time_zone": CODE,
    "Skill.skill": CODE,
    "Stay.edition": CODE,
    "Stay.ended_because": CODE,
    "Stay.level": CODE,
    "Stay.reason": CODE,
    "Submission.location": KEY,
    "TimetableRun.kind": CODE,
    "WaysShut.asked_by": CODE,
    "WaysShut.ways": CODE,
    "WeekNotice.told_how": CODE,
    "WorkerBeat.trouble": PROGRAM,
    "WorkerBeat.work": PROGRAM,
}

WORDY = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)


def wordy_columns():
    """Each column that could hold words, by model and name, and whether it is sealed."""
    return {
        f"{model.__name__}.{field.name}": isinstance(field, SEALED)
        for model in apps.get_app_config("records").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, WORDY)
    }


def test_every_column_with_words_is_sealed_or_has_a_reason():
    unexplained = sorted(name for name, sealed in wordy_columns().items() if not sealed and name not in PLAIN)
    assert unexplained == [], "seal it (records/fact.py), or say in PLAIN why it may be read"


def test_the_reasons_are_of_columns_that_exist_and_are_plain():
    columns = wordy_columns()
    assert [name for name in PLAIN if columns.get(name, True)] == []


@pytest.mark.parametrize(
    "name", ["name", "family_name", "given_name", "preferred_name", "signed_name", "phone", "text"]
)
def test_a_name_that_speaks_of_a_person_is_plain_only_for_staff_and_clinic(name):
    plain = [label for label, sealed in wordy_columns().items() if label.endswith(f".{name}") and not sealed]
    assert [label for label in plain if PLAIN.get(label) not in (STAFF, CLINIC)] == []
