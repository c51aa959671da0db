"""The same file taken in by several people in the same moment: everyone in it exists once."""

import threading

import pytest
from django.db import connection

from tests.cast import MORNING, gather_cast
from tests.referral_cast import a_bundle, a_patient, as_bytes
from throughcare.pathway.referral.referral import close_referral
from throughcare.pathway.referral.referral_import import import_document
from throughcare.records.people import Patient
from throughcare.records.referrals import Referral, ReferralDocument

HANDS = 8


def at_once(cast, *contents):
    """Import each content in a thread of its own, all starting together; reports, failures and what then exists."""
    start, reports, failures = threading.Barrier(len(contents)), [], []
    counted = []

    def hurry(content):
        start.wait()
        try:
            reports.append(
                import_document("referral.json", content, site=cast.site, by=cast.admissions, at=MORNING)
            )
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    def count():
        counted.extend(model.objects.count() for model in (Patient, Referral, ReferralDocument))
        connection.close()

    threads = [threading.Thread(target=hurry, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # A thread of its own: what this test wrote lies in another file when the database is SQLite.
    witness = threading.Thread(target=count)
    witness.start()
    witness.join()
    assert failures == []
    return reports, tuple(counted)


def sums(reports):
    kinds = ("taken_in", "already", "refused")
    return tuple(sum(len(getattr(report, kind)) for report in reports) for kind in kinds)


@pytest.mark.django_db(transaction=True)
def test_one_bundle_by_many_hands_is_one_person_one_referral_one_document(many_hands):
    cast = gather_cast()
    many_hands()
    reports, counted = at_once(cast, *[as_bytes(a_bundle())] * HANDS)
    assert counted == (1, 1, 1)
    assert sums(reports) == (1, HANDS - 1, 0)


@pytest.mark.django_db(transaction=True)
def test_a_newer_document_of_an_open_referral_is_put_beside_it_once(many_hands):
    cast = gather_cast()
    import_document("first.json", as_bytes(a_bundle()), site=cast.site, by=cast.admissions, at=MORNING)
    many_hands()
    newer = as_bytes(a_bundle(patient=a_patient(gender="unknown")))
    reports, counted = at_once(cast, *[newer] * HANDS)
    assert counted == (1, 1, 2)
    assert sums(reports) == (0, HANDS, 0)


@pytest.mark.django_db(transaction=True)
def test_someone_who_said_no_and_is_referred_again_by_many_hands_is_referred_once_more(many_hands):
    cast = gather_cast()
    first = import_document(
        "first.json", as_bytes(a_bundle()), site=cast.site, by=cast.admissions, at=MORNING
    )
    close_referral(first.taken_in[0].referral, reason="declined", by=cast.admissions, at=MORNING)
    many_hands()
    again = as_bytes(a_bundle(patient=a_patient(gender="unknown")))
    _, counted = at_once(cast, *[again] * HANDS)
    assert counted == (1, 2, 2)


@pytest.mark.django_db(transaction=True)
def test_different_people_at_once_all_come_in_with_numbers_of_their_own(many_hands):
    cast = gather_cast()
    many_hands()
    contents = [
        as_bytes(
            a_bundle(
                patient=a_patient(
                    identifier=[{"system": "https://clinic.test/mrn", "value": str(number)}],
                    name=[{"family": f"Family{number}", "given": [f"Given{number}"]}],
                )
            )
        )
        for number in range(HANDS)
    ]
    reports, counted = at_once(cast, *contents)
    assert counted == (HANDS, HANDS, HANDS)
    numbers = {line.patient_number for report in reports for line in report.taken_in}
    assert len(numbers) == HANDS
