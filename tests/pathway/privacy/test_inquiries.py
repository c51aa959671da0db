"""Inquiries: kept and sealed, compared with nobody, read by those who answer for privacy."""

import pytest

from tests.cast import MORNING
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.privacy.inquiries import NewInquiry, inquiries, record_inquiry
from throughcare.records.accesses import AccessedPatient

pytestmark = pytest.mark.django_db
POLICE = NewInquiry("police", "in_person", "Officer Hart, badge 71", "Ana Ruiz", "Is she a patient?")


def test_what_was_asked_is_kept_and_read_by_officers_only(cast):
    record_inquiry(POLICE, by=cast.front_desk, at=MORNING)
    [line] = inquiries(by=cast.compliance)
    assert (line.asked_by, line.about_whom, line.taken_by) == (POLICE.asked_by, "Ana Ruiz", "Rena Poole")
    for someone in (cast.front_desk, cast.nurse):
        with pytest.raises(CannotSee):
            inquiries(by=someone)
    assert not AccessedPatient.objects.exists()


def test_an_unknown_situation_is_refused(cast):
    for wrong in (NewInquiry("astrologer", "phone"), NewInquiry("police", "pigeon")):
        with pytest.raises(Cannot):
            record_inquiry(wrong, by=cast.front_desk, at=MORNING)
    with pytest.raises(CannotSee):
        record_inquiry(POLICE, by=cast.biller, at=MORNING)
