"""Who someone is to a patient decides what opens: sites, panel, guarded records, broken glass, family's consent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.boards_cast import in_program
from tests.cast import MORNING, NEW_YORK
from throughcare.pathway.accounts import actor_for, open_account
from throughcare.pathway.cannot import Absent, CannotSee
from throughcare.pathway.clinic.founding import open_site
from throughcare.pathway.privacy import open_patient, sites_for
from throughcare.records.accesses import Access
from throughcare.records.consents import FamilyAccount, Guard, PatientAccount
from throughcare.records.emergencies import EmergencyAccess
from throughcare.records.organizations import Site
from throughcare.records.people import Patient, RelatedPerson

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(cast):
    return in_program(cast, "Ana", "Ruiz")


def relationship_of_last():
    return Access.objects.latest("sequence").relationship


def test_the_care_team_and_the_panel_are_named_in_the_book(cast, ana):
    open_patient(ana.uid, kind="note", by=cast.nurse, at=MORNING)
    assert relationship_of_last() == "off_panel"
    open_patient(ana.uid, kind="identity", by=cast.biller, at=MORNING)
    assert relationship_of_last() == "same_site"


def test_a_role_at_another_site_opens_nothing_here_and_the_attempt_is_written(cast, ana):
    open_site("Harbor North", time_zone=NEW_YORK, by=cast.program, at=MORNING)
    north = Site.objects.get(name="Harbor North")
    away = replace(cast.nurse, grants=frozenset({("nurse", north.pk)}))
    with pytest.raises(Absent):
        open_patient(ana.uid, kind="note", by=away, at=MORNING)
    row = Access.objects.latest("sequence")
    assert (row.relationship, row.allowed) == ("other_site", False)
    assert sites_for("note", by=away) == {north.pk}
    assert sites_for("note", by=cast.nurse) is None


def guard(cast, patient):
    Guard.objects.create(
        organization_id=cast.organization,
        patient=Patient.objects.get(pk=patient.key),
        why="colleague",
        recorded_at=MORNING,
    )


def test_a_colleagues_record_opens_to_nobody_off_the_panel(cast, ana):
    guard(cast, ana)
    with pytest.raises(CannotSee, match="guarded"):
        open_patient(ana.uid, kind="note", by=cast.nurse, at=MORNING)


def test_broken_glass_opens_it_for_reading_and_for_its_hours_only(cast, ana):
    guard(cast, ana)
    EmergencyAccess.objects.create(
        organization_id=cast.organization,
        patient_id=ana.key,
        account_id=cast.nurse.account,
        reason="overdose",
        nature="Found unresponsive",
        began_at=MORNING,
        ends_at=MORNING + timedelta(hours=4),
        review_due_date=MORNING.date(),
        recorded_at=MORNING,
    )
    open_patient(ana.uid, kind="measure", by=cast.nurse, at=MORNING)
    assert relationship_of_last() == "emergency"
    with pytest.raises(CannotSee):
        open_patient(ana.uid, kind="measure", verb="change", by=cast.nurse, at=MORNING)
    with pytest.raises(CannotSee):
        open_patient(ana.uid, kind="measure", by=cast.nurse, at=MORNING + timedelta(hours=4))


def someone(cast, role):
    account = open_account(
        f"{role}@home.test", name="Someone", password=None, roles=(role,), by=cast.program, at=MORNING
    )
    return account


def test_a_patient_opens_their_own_record_and_nobody_elses(cast, ana):
    ben = in_program(cast, "Ben", "Ode")
    account = someone(cast, "patient")
    PatientAccount.objects.create(
        organization_id=cast.organization, patient_id=ana.key, account=account, recorded_at=MORNING
    )
    own = actor_for(account.pk)
    open_patient(ana.uid, kind="measure", by=own, at=MORNING)
    assert relationship_of_last() == "self"
    with pytest.raises(Absent):
        open_patient(ben.uid, kind="measure", by=own, at=MORNING)
    with pytest.raises(CannotSee):
        open_patient(ana.uid, kind="kept_apart", by=own, at=MORNING)


def test_family_without_a_consent_finds_nobody(cast, ana):
    account = someone(cast, "family")
    mother = RelatedPerson.objects.create(
        organization_id=cast.organization,
        patient_id=ana.key,
        name="Rosa Ruiz",
        relationship="mother",
        recorded_at=MORNING,
    )
    FamilyAccount.objects.create(
        organization_id=cast.organization, related_person=mother, account=account, recorded_at=MORNING
    )
    with pytest.raises(Absent):
        open_patient(ana.uid, kind="attendance", by=actor_for(account.pk), at=MORNING)
    row = Access.objects.latest("sequence")
    assert (row.relationship, row.allowed) == ("family", False)
