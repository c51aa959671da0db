"""Role, relationship and purpose together: what the privacy desk asks."""

import pytest

from throughcare.knowledge.privacy import KINDS, desk_rule
from throughcare.knowledge.privacy.kinds import APART
from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
from throughcare.knowledge.privacy.relationships import ALL as RELATIONSHIPS
from throughcare.knowledge.privacy.table import CELLS, USUAL_PURPOSE
from throughcare.knowledge.roles import ALL as ROLES
from throughcare.knowledge.roles import STAFF, TREATING


def ask(verb, kind, role, relationship, purpose="", *, guarded=False):
    return desk_rule(
        verb,
        kind,
        roles=frozenset({role}),
        relationship=relationship,
        purpose=purpose or USUAL_PURPOSE[role],
        guarded=guarded,
    )


def test_every_combination_has_an_answer_and_a_refusal_has_a_sentence():
    for verb in ("see", "change"):
        for kind in KINDS:
            for role in ROLES:
                for relationship in RELATIONSHIPS:
                    for purpose in PURPOSES:
                        verdict = ask(verb, kind, role, relationship, purpose)
                        assert verdict or verdict.because.endswith("."), (verb, kind, role, relationship)


@pytest.mark.parametrize(
    "question",
    [
        ("see", "horoscope", "director", "care_team", "treatment"),
        ("erase", "note", "director", "care_team", "treatment"),
        ("see", "note", "director", "neighbor", "treatment"),
        ("see", "note", "director", "care_team", "gossip"),
        ("see", "note", "stranger", "care_team", "treatment"),
    ],
)
def test_what_is_not_stated_is_refused(question):
    assert not ask(*question)


def test_the_care_team_reads_and_those_off_the_panel_may_too_while_nothing_is_guarded():
    for relationship in ("care_team", "on_panel", "same_site", "off_panel"):
        assert ask("see", "note", "clinician", relationship)


@pytest.mark.parametrize("role", sorted(STAFF))
def test_another_site_is_refused_whatever_the_role(role):
    assert not any(ask("see", kind, role, "other_site") for kind in KINDS)


@pytest.mark.parametrize("relationship", ["same_site", "off_panel"])
def test_a_guarded_record_is_shut_to_those_not_near(relationship):
    verdict = ask("see", "note", "nurse", relationship, guarded=True)
    assert not verdict and "guarded" in verdict.because
    assert ask("see", "note", "nurse", "care_team", guarded=True)
    assert ask("see", "note", "nurse", "emergency", "break_glass", guarded=True)


def test_the_books_of_a_guarded_record_open_to_their_audit():
    assert ask("see", "access_log", "compliance", "same_site", "audit", guarded=True)
    assert not ask("see", "identity", "compliance", "same_site", "audit", guarded=True)


def test_a_purpose_that_is_not_the_roles_is_refused():
    assert ask("see", "diagnosis", "biller", "same_site", "payment")
    assert not ask("see", "diagnosis", "biller", "same_site", "treatment")
    assert not ask("see", "note", "clinician", "care_team", "research")


def test_patients_read_their_own_and_family_what_a_consent_may_open():
    assert ask("see", "note", "patient", "self")
    assert not ask("change", "note", "patient", "self")
    assert not ask("see", "note", "patient", "family")
    assert not ask("see", "counseling_note", "patient", "self")
    assert ask("see", "attendance", "family", "family")
    assert not ask("see", "referral", "family", "family")
    assert not ask("see", "attendance", "family", "self")


def test_staff_read_their_own_record_as_patients_do():
    verdict = ask("see", "note", "nurse", "self")
    assert not verdict and "as a patient does" in verdict.because
    both = frozenset({"nurse", "patient"})
    assert desk_rule("see", "note", roles=both, relationship="self", purpose="patient_request")
    assert not desk_rule("change", "note", roles=both, relationship="self", purpose="treatment")


def test_notes_kept_apart_open_to_their_author_only():
    for kind in APART:
        for role in ROLES:
            for relationship in RELATIONSHIPS:
                if ask("see", kind, role, relationship, "treatment"):
                    assert relationship == "author" and role in TREATING
    assert ask("see", "counseling_note", "clinician", "author")
    assert "Only who wrote" in ask("see", "counseling_note", "clinician", "care_team").because


def test_an_emergency_opens_to_those_who_treat_for_reading_and_never_notes_kept_apart():
    assert ask("see", "assessment", "nurse", "emergency", "emergency")
    assert not ask("change", "assessment", "nurse", "emergency", "emergency")
    assert not ask("see", "assessment", "nurse", "emergency", "treatment")
    assert not ask("see", "assessment", "biller", "emergency", "emergency")
    assert not ask("see", "counseling_note", "clinician", "emergency", "break_glass")


def test_relationship_and_purpose_never_open_what_the_table_shuts():
    for (role, kind), cell in CELLS.items():
        if cell.grant == "no":
            for relationship in set(RELATIONSHIPS) - {"emergency"}:
                for purpose in PURPOSES:
                    assert not ask("see", kind, role, relationship, purpose)
