"""The book of accesses: one row a page, chained, and nothing that was written can be changed unseen."""

import random

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import MORNING, gather_cast
from throughcare.pathway.actor import Page
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.people.people import PersonDetails
from throughcare.pathway.privacy import open_list, open_patient
from throughcare.pathway.privacy.book import write_page
from throughcare.pathway.privacy.chain import verify_chain
from throughcare.pathway.referral.referral import NewReferral, patient_of, receive_referral
from throughcare.records.accesses import Access, AccessedPatient
from throughcare.records.append_only import lowering, raising

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(cast):
    new = NewReferral(cast.site, PersonDetails("Ana", "Ruiz", phone="212-555-0111"))
    return patient_of(receive_referral(new, by=cast.admissions, at=MORNING), by=cast.admissions, at=MORNING)


@pytest.fixture
def unguarded(db):
    """The triggers are down: what someone with the database's own keys could do."""
    with connection.cursor() as cursor:
        for sentence in lowering(connection.vendor):
            cursor.execute(sentence)
    yield
    with connection.cursor() as cursor:
        for sentence in raising(connection.vendor):
            cursor.execute(sentence)


def test_a_page_that_asks_three_times_is_one_row(cast, ana):
    page = Page(route="patient")
    by = cast.clinician.on(page)
    before = Access.objects.count()
    for kind in ("identity", "measure", "note"):
        open_patient(ana, kind=kind, by=by, at=MORNING)
    assert Access.objects.count() == before
    write_page(page, organization=cast.organization)
    row = Access.objects.latest("sequence")
    assert (Access.objects.count(), row.kinds, row.route) == (
        before + 1,
        ["identity", "measure", "note"],
        "patient",
    )


def test_a_refusal_outlives_the_transaction_that_it_undid(cast, ana):
    page = Page()
    with pytest.raises(CannotSee), transaction.atomic():
        open_patient(ana, kind="note", by=cast.biller.on(page), at=MORNING)
    write_page(page, organization=cast.organization)
    assert Access.objects.filter(account=cast.biller.account, allowed=False).exists()


def test_the_database_itself_refuses_to_change_or_remove_a_row(cast, ana):
    row = Access.objects.latest("sequence")
    for harm in (
        lambda: Access.objects.filter(pk=row.pk).update(allowed=not row.allowed),
        lambda: Access.objects.filter(pk=row.pk)._raw_delete(connection.alias),
        lambda: AccessedPatient.objects.filter(access=row).delete(),
    ):
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
            harm()


def test_a_chain_as_it_was_written_holds_and_each_organization_has_its_own(cast, ana):
    elsewhere = gather_cast("Elsewhere", mail_host="elsewhere.test")
    open_list("census", [], by=cast.clinician, at=MORNING)
    report = verify_chain(cast.organization, at=MORNING)
    assert (report.broken_at, report.rows) == (
        None,
        Access.objects.filter(organization=cast.organization).count(),
    )
    assert verify_chain(elsewhere.organization, at=MORNING).rows == 0


@pytest.mark.parametrize("column, value", [
    ("verb", "print"), ("kinds", ["note"]), ("purpose", "payment"), ("relationship", "self"), ("allowed", False),
    ("surface", "worker"), ("route", "elsewhere"), ("account", None), ("sequence", 900), ("digest", "0" * 64),
])  # fmt: skip
def test_any_change_behind_the_programs_back_is_found(cast, ana, unguarded, column, value):
    opened(cast, ana, 5)
    row = Access.objects.order_by("sequence")[2]
    Access.objects.filter(pk=row.pk).update(**{column: value})
    assert verify_chain(cast.organization, at=MORNING).broken_at == 3


def test_a_row_taken_out_is_found_and_so_is_one_taken_from_the_end(cast, ana, unguarded):
    opened(cast, ana, 4)
    assert verify_chain(cast.organization, at=MORNING).broken_at is None
    last = Access.objects.latest("sequence")
    AccessedPatient.objects.filter(access=last).delete()
    Access.objects.filter(pk=last.pk).delete()
    assert "gone from the end" in verify_chain(cast.organization, at=MORNING).because


def test_someone_added_to_or_taken_from_a_row_is_found(cast, ana, unguarded):
    opened(cast, ana, 3)
    AccessedPatient.objects.filter(access__sequence=2).delete()
    assert verify_chain(cast.organization, at=MORNING).broken_at == 2


def test_a_thousand_random_edits_are_a_thousand_found(cast, ana, unguarded):
    opened(cast, ana, 5)
    dice = random.Random(7)
    rows = list(Access.objects.order_by("sequence"))
    for _ in range(1_000):
        row = dice.choice(rows)
        column = dice.choice(["digest", "route", "purpose", "surface"])
        old = getattr(row, column)
        Access.objects.filter(pk=row.pk).update(**{column: flipped(old, dice)})
        assert verify_chain(cast.organization, at=MORNING).broken_at == row.sequence
        Access.objects.filter(pk=row.pk).update(**{column: old})
    assert verify_chain(cast.organization, at=MORNING).broken_at is None


def flipped(text, dice):
    """The text with one character turned into another; one for none."""
    place = dice.randrange(max(len(text), 1))
    return text[:place] + dice.choice("#%&") + text[place + 1 :]


def opened(cast, ana, times):
    for _ in range(times):
        open_patient(ana, kind="measure", by=cast.clinician, at=MORNING)


def test_a_row_of_the_book_is_never_half_of_what_was_done(cast, ana):
    rows = Access.objects.count()
    with pytest.raises(Cannot), transaction.atomic():
        open_patient(ana, kind="identity", by=cast.clinician, at=MORNING)
        raise Cannot("The work failed after the record was opened.")
    assert Access.objects.count() == rows
