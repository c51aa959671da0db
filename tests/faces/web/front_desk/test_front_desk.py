"""Reception: a script for every situation, and no yes or no for any name."""

import re

import pytest
import time_machine
from django.urls import reverse

from tests.boards_cast import in_program
from tests.cast import MORNING
from throughcare.knowledge.privacy.scripts import ROWS
from throughcare.records.accesses import AccessedPatient
from throughcare.records.legal_requests import InquiryCall, LegalRequest
from throughcare.records.people import Account

pytestmark = pytest.mark.django_db
CHANGING = re.compile(rb'name="(csrfmiddlewaretoken|once)" value="[^"]*"')


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


def test_reception_begins_here_and_has_nothing_that_finds_people(cast, signed_in):
    rena = signed_in(cast.front_desk)
    page = rena.get("/", follow=True)
    assert page.redirect_chain[-1][0] == reverse("front_desk")
    assert 'role="search"' not in page.text
    assert 'role="search"' in signed_in(cast.nurse).get(reverse("front_desk")).text


@pytest.mark.parametrize("script", ROWS, ids=lambda one: one.code)
def test_every_situation_has_its_words(cast, signed_in, script):
    page = signed_in(cast.front_desk).get(reverse("script", args=[script.code]))
    assert page.status_code == 200 and script.title in page.text
    assert page.text.count("<h1") == 1


@pytest.mark.parametrize("who", ["front_desk", "admissions", "nurse", "director"])
def test_t_l3_police_at_reception_get_the_same_answer_byte_for_byte_for_every_name(cast, signed_in, who):
    """T-L3: "is X a patient?": no yes/no search result; the neutral script, whoever stands at the desk."""
    in_program(cast, "Ana", "Ruiz")
    person = signed_in(getattr(cast, who))
    answers = set()
    for name in ("Ana Ruiz", "Nobody Known"):
        told = {
            "how": "in_person",
            "asked_by": "Officer Hart",
            "about_whom": name,
            "asked_for": "Is she here?",
        }
        page = person.post(reverse("script", args=["police"]), told, follow=True)
        assert page.status_code == 200 and name not in page.text
        answers.add(CHANGING.sub(b"", page.content))
    assert len(answers) == 1
    assert InquiryCall.objects.count() == 2
    assert not AccessedPatient.objects.exists()


def test_t_l3_a_search_at_reception_is_refused_the_same_for_every_name(cast, signed_in):
    in_program(cast, "Ana", "Ruiz")
    rena = signed_in(cast.front_desk)
    pages = [rena.get(reverse("search"), {"q": name}) for name in ("Ana Ruiz", "Nobody Known")]
    assert [page.status_code for page in pages] == [403, 403]
    assert len({CHANGING.sub(b"", page.content) for page in pages}) == 1


def test_a_subpoena_handed_over_reaches_the_officer(cast, signed_in):
    paper = {
        "kind": "subpoena",
        "from_whom": "Server Lane for Attorney Pell",
        "about_whom": "Ana Ruiz",
        "asks_for": "All records",
        "answer_due_date": "2026-03-16",
    }
    rena = signed_in(cast.front_desk)
    address = reverse("script", args=["subpoena"])
    assert rena.post(address, {**paper, "from_whom": ""}).status_code == 422
    assert "The privacy officer has it now" in rena.post(address, paper, follow=True).text
    assert LegalRequest.objects.get().patient is None
    omar = signed_in(cast.compliance)
    assert "Server Lane" in omar.get(reverse("legal_requests")).text
    assert "Ana Ruiz" in omar.get(reverse("inquiries")).text


def test_who_may_not_write_it_down_still_reads_the_script(cast, signed_in):
    page = signed_in(cast.biller).get(reverse("script", args=["call"]))
    assert page.status_code == 200 and "<textarea" not in page.text
    assert signed_in(cast.front_desk).get(reverse("inquiries")).status_code == 403
