"""What someone close was shown stands once a day in the disclosure book, however often they look."""

from datetime import timedelta

import pytest

from tests.cast import MORNING, at
from tests.pathway.privacy.consent_cast import for_mother, kim, mother_of, signed
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy.consent_ending import revoke_consent
from throughcare.pathway.privacy.telling import Item
from throughcare.pathway.release.family_viewing import show_to_family
from throughcare.records.disclosures import Disclosure

pytestmark = pytest.mark.django_db
CAME = Item("attendance", "Attendance", lines=("Monday Came",))
EXPECTED = Item("schedule", "Schedule", lines=("Wednesday",))


@pytest.fixture
def patient(cast):
    return kim(cast)


@pytest.fixture
def mother(cast, patient):
    return mother_of(cast, patient)


def show(cast, patient, mother, *items, at=MORNING):
    return show_to_family(patient.uid, mother, "Rosa Vance", items, by=cast.program, at=at)


def test_ten_looks_on_one_day_are_one_row_and_the_next_day_is_another(cast, patient, mother):
    signed(cast, patient, for_mother(mother))
    rows = {show(cast, patient, mother, CAME, at=MORNING + timedelta(minutes=n)) for n in range(10)}
    assert len(rows) == Disclosure.objects.count() == 1
    assert show(cast, patient, mother, CAME, at=at(23, 59)) in rows
    show(cast, patient, mother, CAME, at=at(0, 1, day=(MORNING + timedelta(days=1)).date()))
    assert Disclosure.objects.count() == 2


def test_what_is_shown_for_the_first_time_that_day_is_written(cast, patient, mother):
    signed(cast, patient, for_mother(mother, "attendance", "schedule"))
    show(cast, patient, mother, CAME)
    show(cast, patient, mother, CAME, EXPECTED)
    show(cast, patient, mother, EXPECTED)
    assert [len(row.kinds) for row in Disclosure.objects.order_by("pk")] == [1, 2]


def test_a_consent_taken_back_shows_nothing_though_it_was_shown_that_day(cast, patient, mother):
    consent = signed(cast, patient, for_mother(mother))
    show(cast, patient, mother, CAME)
    revoke_consent(consent, how="oral", by=cast.clinician, at=MORNING + timedelta(hours=1))
    with pytest.raises(Cannot, match="taken back"):
        show(cast, patient, mother, CAME, at=MORNING + timedelta(hours=1))
    assert Disclosure.objects.count() == 1


def test_two_relations_have_a_row_each(cast, patient, mother):
    other = mother_of(cast, patient)
    for one in (mother, other):
        signed(cast, patient, for_mother(one))
        show(cast, patient, one, CAME)
    assert Disclosure.objects.count() == 2
