"""The privacy desk: deny by default, the same answer for absent and foreign, everything in the book."""

import uuid

import pytest

from tests.cast import MORNING, gather_cast
from throughcare.knowledge.privacy import KINDS, MAY_CHANGE, MAY_SEE, may
from throughcare.knowledge.roles import ALL as ROLES
from throughcare.pathway.cannot import Absent, CannotSee
from throughcare.pathway.people.people import PersonDetails
from throughcare.pathway.privacy import open_list, open_patient
from throughcare.pathway.referral.referral import NewReferral, patient_of, receive_referral
from throughcare.records.accesses import Access

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(cast):
    referral = receive_referral(
        NewReferral(cast.site, PersonDetails("Ana", "Ruiz", phone="212-555-0111")),
        by=cast.admissions,
        at=MORNING,
    )
    return patient_of(referral, by=cast.admissions, at=MORNING)


def test_every_role_has_a_stated_policy_and_every_kind_is_known():
    assert set(MAY_SEE) == set(MAY_CHANGE) == set(ROLES)
    for table in (MAY_SEE, MAY_CHANGE):
        assert set().union(*table.values()) <= set(KINDS)


def test_a_kind_without_a_rule_is_refused():
    assert not may("see", "horoscope", roles=frozenset(ROLES))


def test_who_may_change_a_kind_may_see_it():
    for role in ROLES:
        assert MAY_CHANGE[role] <= MAY_SEE[role], role


def test_opening_a_record_is_written_down(cast, ana):
    open_patient(ana, kind="note", by=cast.clinician, at=MORNING)
    row = Access.objects.latest("pk")
    assert (row.account_id, row.kinds, row.allowed) == (cast.clinician.account, ["note"], True)


def test_a_refusal_is_written_down_and_says_who_may(cast, ana):
    with pytest.raises(CannotSee, match="clinical notes"):
        open_patient(ana, kind="note", by=cast.biller, at=MORNING)
    assert Access.objects.latest("pk").allowed is False


def test_another_organizations_patient_is_as_absent_as_nobody(cast, ana):
    elsewhere = gather_cast("Elsewhere", mail_host="elsewhere.test")
    for someone in (ana, uuid.uuid4()):
        with pytest.raises(Absent):
            open_patient(someone, kind="identity", by=elsewhere.director, at=MORNING)


def test_a_list_is_one_row_with_everyone_on_it(cast, ana):
    before = Access.objects.count()
    keys = [open_patient(ana, kind="identity", by=cast.program, at=MORNING).pk]
    open_list("census", keys, by=cast.clinician, at=MORNING)
    assert Access.objects.count() == before + 1
    assert [one.patient_id for one in Access.objects.latest("pk").shown.all()] == keys
