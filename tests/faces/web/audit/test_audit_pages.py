"""The book of accesses as people read it."""

import pytest
import time_machine
from django.urls import reverse

from tests.boards_cast import in_program
from tests.cast import MORNING
from throughcare.pathway.accounts import open_account
from throughcare.pathway.privacy import open_patient
from throughcare.records.accesses import Access
from throughcare.records.consents import PatientAccount
from throughcare.records.people import Account


@pytest.fixture(autouse=True)
def that_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def ana(cast):
    person = in_program(cast, "Ana", "Ruiz")
    open_patient(person.uid, kind="note", by=cast.nurse, at=MORNING)
    return person


def signed_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account))
    return client


def own_account(cast, person):
    account = open_account(
        "ana@home.test", name="Ana Ruiz", password=None, roles=("patient",), by=cast.program, at=MORNING
    )
    PatientAccount.objects.create(
        organization_id=cast.organization, patient_id=person.key, account=account, recorded_at=MORNING
    )
    return account


def test_compliance_reads_who_opened_what_for_what(cast, ana, client):
    page = signed_in(client, cast.compliance).get(reverse("access_log"))
    assert page.status_code == 200
    for words in ("Nia Bell", "saw", "clinical notes", "Ana Ruiz", "treatment"):
        assert words in page.text


def test_reading_the_book_is_written_in_it(cast, ana, client):
    signed_in(client, cast.compliance).get(reverse("access_log"))
    row = Access.objects.latest("sequence")
    assert (row.kinds, row.route, row.account_id) == (["access_log"], "access_log", cast.compliance.account)
    assert row.shown.filter(patient=ana.key).exists()


def test_only_refusals_can_be_asked_for(cast, ana, client):
    signed_in(client, cast.biller).get(reverse("patient_notes", args=[ana.uid]))
    rows = signed_in(client, cast.compliance).get(reverse("access_log"), {"only": "refused"}).text
    assert "Bo Lind" in rows.split("<tbody>")[1]
    assert "Nia Bell" not in rows.split("<tbody>")[1]


def test_a_clinician_does_not_read_the_book(cast, ana, client):
    assert signed_in(client, cast.clinician).get(reverse("access_log")).status_code == 403


def test_the_table_for_a_spreadsheet_runs_no_formula(cast, client):
    person = in_program(cast, "=cmd()", "Ode")
    open_patient(person.uid, kind="note", by=cast.nurse, at=MORNING)
    found = signed_in(client, cast.compliance).get(reverse("access_log_csv"))
    assert "'=cmd() Ode" in found.text
    assert Access.objects.latest("sequence").surface == "csv"


def test_a_patient_reads_in_plain_words_who_saw_their_record(cast, ana, client):
    client.force_login(own_account(cast, ana))
    page = client.get(reverse("my_seen_by"))
    assert page.status_code == 200
    assert "Nia Bell" in page.text
    assert "to treat you" in page.text


def test_someone_without_a_record_has_no_such_page(cast, ana, client):
    account = open_account(
        "eve@home.test", name="Eve", password=None, roles=("patient",), by=cast.program, at=MORNING
    )
    client.force_login(account)
    assert client.get(reverse("my_seen_by")).status_code == 404


def test_the_book_takes_no_more_queries_when_it_is_long(cast, ana, client, django_assert_max_num_queries):
    for _ in range(60):
        open_patient(ana.uid, kind="note", by=cast.nurse, at=MORNING)
    signed_in(client, cast.compliance)
    with django_assert_max_num_queries(25):
        client.get(reverse("access_log"))
