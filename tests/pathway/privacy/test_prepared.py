"""The question that the desk keeps compiled is the one that `standing_rows` asks, whoever acts."""

from dataclasses import replace

import pytest

from tests.boards_cast import in_program
from tests.cast import MORNING
from throughcare.knowledge.roles import ALL as ROLES
from throughcare.pathway.privacy import prepared
from throughcare.pathway.privacy.prepared import patient_with_standing
from throughcare.pathway.privacy.standing import standing_of, standing_rows
from throughcare.records.consents import Guard
from throughcare.records.emergencies import EmergencyAccess
from throughcare.records.people import Patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(cast):
    return in_program(cast, "Ana", "Ruiz")


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("treats", [True, False])
def test_each_role_stands_as_the_query_says(cast, ana, role, treats):
    guard(cast, ana)
    break_glass(cast.nurse, ana)
    for person in (cast.nurse, cast.clinician):
        by = replace(
            person,
            roles=frozenset({role}),
            practitioner=person.practitioner if treats else None,
            grants=frozenset(),
        )
        asked = standing_rows(by=by, at=MORNING).get(uid=ana.uid)
        found = patient_with_standing(ana.uid, by=by, at=MORNING)
        assert found == asked
        assert found.given_name == "Ana"
        assert standing_of(found, by=by) == standing_of(asked, by=by)
        assert patient_with_standing(ana.uid, by=replace(by, organization=-1), at=MORNING) is None


def test_nobody_without_an_account_stands_beyond_their_own_part(cast, ana):
    found = patient_with_standing(ana.uid, by=cast.program, at=MORNING)
    assert found == Patient.objects.get(uid=ana.uid)


def test_a_query_with_a_value_that_is_no_argument_is_not_kept(cast, ana, monkeypatch):
    def stranger(*, by, at):
        return standing_rows(by=by, at=at).filter(number__gte=by.organization + 5)

    monkeypatch.setattr(prepared, "standing_rows", stranger)
    prepared._statement.cache_clear()
    with pytest.raises(AssertionError):
        patient_with_standing(ana.uid, by=cast.nurse, at=MORNING)
    prepared._statement.cache_clear()


def guard(cast, patient):
    Guard.objects.create(
        organization_id=cast.organization,
        patient=Patient.objects.get(uid=patient.uid),
        why="colleague",
        recorded_at=MORNING,
    )


def break_glass(by, patient):
    EmergencyAccess.objects.create(
        organization_id=by.organization,
        patient=Patient.objects.get(uid=patient.uid),
        account_id=by.account,
        reason="emergency",
        nature="Collapsed",
        began_at=MORNING,
        ends_at=MORNING.replace(hour=MORNING.hour + 1),
        review_due_date=MORNING.date(),
        recorded_at=MORNING,
    )
