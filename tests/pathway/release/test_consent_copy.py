"""A copy of a consent: given to the patient, or leaving to whom it names; the book has both."""

from uuid import uuid4

import pytest

from tests.cast import MORNING
from tests.pathway.privacy import consent_cast as cast_of
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.release.consent_copy import copy_receivers, hand_over_copy, require_handed_over
from throughcare.records.disclosures import Disclosure

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim(cast):
    return cast_of.kim(cast)


def to_mother(cast, kim, *kinds):
    return cast_of.signed(cast, kim, cast_of.for_mother(cast_of.mother_of(cast, kim), *kinds))


def test_the_patient_is_given_their_copy(cast, kim):
    consent = to_mother(cast, kim)
    made = hand_over_copy(consent, "patient", by=cast.clinician, at=MORNING)
    row = Disclosure.objects.get(uid=made)
    assert (row.recipient_class, row.purpose, row.sent_at) == ("patient", "patient_request", MORNING)
    require_handed_over(consent, made, by=cast.clinician, at=MORNING)
    with pytest.raises(Absent):
        require_handed_over(consent, uuid4(), by=cast.clinician, at=MORNING)


def test_whom_it_names_is_given_it_only_where_the_stay_may_be_told(cast, kim):
    with pytest.raises(Cannot):
        hand_over_copy(to_mother(cast, kim, "attendance"), "recipient", by=cast.clinician, at=MORNING)
    assert not Disclosure.objects.filter(sent_at__isnull=False).exists()


def test_whom_it_names_is_given_it_as_a_disclosure(cast, kim):
    consent = to_mother(cast, kim, "attendance", "episode")
    assert copy_receivers(consent, by=cast.clinician, at=MORNING)[1] == ("recipient", "Rosa Vance")
    made = hand_over_copy(consent, "recipient", by=cast.clinician, at=MORNING)
    row = Disclosure.objects.get(uid=made)
    assert (row.recipient_class, row.kinds, str(row.consent.uid)) == ("family", ["episode"], str(consent))
