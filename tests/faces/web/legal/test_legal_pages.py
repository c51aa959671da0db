"""Legal requests as the officers handle them."""

import pytest
import time_machine
from django.urls import reverse

from tests.boards_cast import in_program
from tests.cast import MORNING
from throughcare.records.legal_requests import LegalRequest
from throughcare.records.people import Account, Patient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def signed_in(client):
    def enter(actor):
        client.force_login(Account.objects.get(pk=actor.account))
        return client

    return enter


def enter(client, **more):
    paper = {"kind": "subpoena", "from_whom": "Attorney Pell", "about_whom": "Ana Ruiz", "asks_for": "All"}
    return client.post(reverse("new_legal_request"), {**paper, **more})


def test_t_l1_a_subpoena_is_refused_with_a_letter_that_says_neither(cast, signed_in):
    """T-L1: a subpoena alone: the workflow refuses; letter."""
    in_program(cast, "Ana", "Ruiz")
    omar = signed_in(cast.compliance)
    page = omar.get(enter(omar).url)
    assert "This paper opens nothing" in page.text
    paper = LegalRequest.objects.get().uid
    no = omar.post(reverse("legal_decision", args=[paper]), {"answer": "release", "because": "They insist"})
    assert no.status_code == 422 and "A subpoena alone opens nothing" in no.text
    letter = omar.get(reverse("legal_letter", args=[paper])).text
    assert "whether anyone is or was a patient" in letter and "Ruiz" not in letter
    file = omar.get(reverse("legal_letter_pdf", args=[paper]))
    assert file["Content-Type"] == "application/pdf" and file.content.startswith(b"%PDF-")
    assert "no-store" in file["Cache-Control"]
    yes = omar.post(
        reverse("legal_decision", args=[paper]), {"answer": "refuse", "because": "No order"}, follow=True
    )
    assert "Refused" in yes.text


def test_an_order_is_entered_read_and_decided_by_two(cast, signed_in):
    person = in_program(cast, "Ana", "Ruiz")
    omar = signed_in(cast.compliance)
    order = {
        "kind": "court_order_2_64",
        "number": Patient.objects.get(pk=person.key).number,
        "kinds": ["attendance"],
        "records_from": "2026-02-01",
        "records_until": "2026-02-28",
    }
    assert enter(omar, **{**order, "kinds": []}).status_code == 422
    assert enter(omar, **order).status_code == 302
    paper = LegalRequest.objects.get().uid
    for need in ("read_by_counsel", "patient_heard", "order_on_file"):
        address = reverse("legal_document", args=[paper])
        assert omar.get(address).status_code == 200
        assert omar.post(address, {"kind": need, "described": "Counsel Wu wrote so"}).status_code == 302
    assert omar.get(reverse("legal_scope", args=[paper])).status_code == 200
    release = {"answer": "release", "because": "Read with counsel"}
    address = reverse("legal_decision", args=[paper])
    assert "A second person decides" in omar.post(address, release, follow=True).text
    assert omar.post(address, release).status_code == 422
    dana = signed_in(cast.director)
    page = dana.post(address, release, follow=True)
    assert "Two people said yes" in page.text
    assert reverse("lens", args=[person.uid]) in page.text


def test_only_officers_come_here(cast, signed_in):
    assert signed_in(cast.nurse).get(reverse("legal_requests")).status_code == 403
