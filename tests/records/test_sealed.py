"""Sealed columns: plain in Python, unreadable in the database, bound to their column, of no use to a search there."""

import base64

import pytest
from django.db import connection

from tests.cast import MORNING
from throughcare import keys
from throughcare.keys import CannotOpen
from throughcare.records.people import Patient, PatientRevision
from throughcare.records.referrals import Referral, ReferralDocument
from throughcare.records.sealed import CannotSearch

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya(cast):
    return Patient.objects.create(
        organization_id=cast.organization,
        recorded_at=MORNING,
        number=1,
        given_name="Maya",
        family_name="Okafor",
        contact_wishes={"text": True, "other_way": "via Rosa"},
    )


def stored(table, column):
    """What the database holds in a column, first row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")  # names from this file
        return cursor.fetchone()[0]


def overwrite(column, value):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE records_patient SET {column} = %s", [value])


def test_words_come_back_plain_however_they_are_asked_for(maya):
    assert Patient.objects.get().family_name == "Okafor"
    assert Patient.objects.values("family_name").get() == {"family_name": "Okafor"}
    assert Patient.objects.values_list("given_name", "contact_wishes").get() == ("Maya", maya.contact_wishes)
    Patient.objects.update(family_name="Bell")
    assert Patient.objects.only("family_name").get().family_name == "Bell"
    maya.family_name = "Stone"
    Patient.objects.bulk_update([maya], ["family_name"])
    assert Patient.objects.get().family_name == "Stone"


def test_the_database_holds_no_word_in_clear_and_never_the_same_twice(maya):
    once = stored("records_patient", "family_name")
    assert once.startswith("passing.")
    assert b"Okafor" not in base64.b64decode(once.partition(".")[2])
    maya.save()
    assert stored("records_patient", "family_name") != once


def test_empty_stays_empty_and_can_be_asked_for(maya):
    assert stored("records_patient", "preferred_name") == ""
    assert Patient.objects.filter(preferred_name="").count() == 1
    assert Patient.objects.exclude(family_name="").count() == 1
    assert Patient.objects.filter(family_name__isnull=True).count() == 0


@pytest.mark.parametrize(
    "question",
    [
        {"family_name": "Okafor"},
        {"family_name__in": ["Okafor"]},
        {"family_name__icontains": "oka"},
        {"contact_wishes": {"text": True}},
        {"contact_wishes__text": True},
        {"revisions__details__contains": "x"},
    ],
)
def test_the_database_is_not_asked_to_search_what_it_cannot_read(maya, question):
    with pytest.raises(CannotSearch, match="is sealed: the database can't search it"):
        Patient.objects.filter(**question)


def test_words_moved_to_another_column_do_not_open(maya):
    overwrite("given_name", stored("records_patient", "family_name"))
    with pytest.raises(CannotOpen, match="changed or moved"):
        Patient.objects.get()


def test_words_with_one_bit_changed_do_not_open(maya):
    name, _, rest = stored("records_patient", "family_name").partition(".")
    raw = base64.b64decode(rest)
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        overwrite("family_name", f"{name}.{base64.b64encode(changed).decode()}")
        with pytest.raises(CannotOpen):
            Patient.objects.get()


@pytest.mark.parametrize(
    "garbage", ["Okafor", "passing.", "passing.%%%", "nobody.AAAA", "passing.AAAA", "é.é"]
)
def test_words_that_were_never_sealed_do_not_open(maya, garbage):
    overwrite("family_name", garbage)
    with pytest.raises(CannotOpen):
        Patient.objects.get()


def test_a_file_is_sealed_byte_for_byte(cast, maya):
    fact = {"organization_id": cast.organization, "recorded_at": MORNING}
    referral = Referral.objects.create(
        **fact, patient=maya, site_id=_site(cast), source="phone", received_at=MORNING
    )
    content = bytes(range(256)) * 20
    ReferralDocument.objects.create(
        **fact, referral=referral, title="Letter", media_type="text/plain", content=content, digest=""
    )
    assert bytes(ReferralDocument.objects.get().content) == content
    assert content[:32] not in bytes(stored("records_referraldocument", "content"))


def _site(cast):
    from throughcare.records.organizations import Site

    return Site.objects.get(uid=cast.site).pk


def test_nothing_is_null_that_was_empty_json(cast, maya):
    PatientRevision.objects.create(
        organization_id=cast.organization, recorded_at=MORNING, patient=maya, details={}
    )
    assert PatientRevision.objects.get().details == {}


def test_a_value_costs_microseconds(maya):
    from timeit import timeit

    sealed = keys.seal("Okafor", place="records_patient.family_name")
    took = min(
        timeit(lambda: keys.unseal(sealed, place="records_patient.family_name"), number=2000)
        for _ in range(5)
    )
    assert took / 2000 < 60e-6  # measured at 3; sixty leaves room for a busy machine
