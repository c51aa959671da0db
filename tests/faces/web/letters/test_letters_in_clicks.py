"""A letter in 30 seconds: from the chart to the file in three clicks, each word seen before it leaves."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from tests.pathway.privacy.consent_cast import signed
from tests.pathway.release.release_cast import SIGNED_AT, kims_record
from tests.progress_cast import NOW
from throughcare.knowledge.outward_words import tells_too_much
from throughcare.pathway.privacy.consent import NewConsent
from throughcare.pathway.privacy.consent_ending import revoke_consent
from throughcare.pathway.privacy.recipients import NewRecipient, enter_recipient
from throughcare.records.consents import Consent
from throughcare.records.disclosures import Disclosure
from throughcare.records.organizations import Organization
from throughcare.records.people import Account


@pytest.fixture(autouse=True)
def on_the_day():
    """It is Monday 13 April 2026, 10:00 in New York."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def kim(cast):
    return kims_record(cast)


@pytest.fixture
def bakery(cast, kim):
    new = NewRecipient("employer", "Ms. Park", "Park Bakery")
    park = enter_recipient(new, by=cast.clinician, at=SIGNED_AT)
    consent = NewConsent(
        "specific",
        kinds=frozenset({"attendance"}),
        purposes=frozenset({"patient_request"}),
        recipient=park,
        expires_at=NOW + timedelta(days=30),
    )
    signed(cast, kim, consent, at=SIGNED_AT)
    return f"recipient:{park}"


def sign_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account))
    return client


def words(answer):
    return " ".join(answer.content.decode().split())


def sent(client, page, **said):
    """A click on a button of a page."""
    return client.post(page, {**said, "once": str(uuid4())})


def in_pdf(answer):
    return [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]


def test_from_the_chart_to_the_file_in_three_clicks(client, cast, kim, bakery):
    sign_in(client, cast.case_manager)
    page = reverse("letters", args=[kim.uid])
    assert page in words(client.get(reverse("patient", args=[kim.uid])))
    clicks = ["Letter"]
    offered = words(client.get(page))
    assert "Ms. Park, Park Bakery" in offered and "For their own hand" in offered
    clicks.append("Letter with the days and hours they were here")
    prepared = sent(client, page, letter="times", who=bakery, period="month")
    preview = words(client.get(prepared.url))
    clicks.append("Send it: download the PDF")
    row = Disclosure.objects.get()
    file = client.post(reverse("send_pdf", args=[row.uid]))
    assert len(clicks) <= 4
    first, law = in_pdf(file)
    assert "Kim Vance had appointments with us" in preview and "Kim Vance had appointments" in " ".join(
        first.split()
    )
    assert "42 CFR part 2" in law and "42 CFR" not in first
    row.refresh_from_db()
    assert row.sent_at == NOW and row.kinds == ["attendance"] and row.statement


def test_the_neutral_letter_for_their_own_hand_tells_nobody_what_it_is_about(client, cast, kim):
    Organization.objects.filter(pk=cast.organization).update(name="Harbor Recovery and Therapy")
    sign_in(client, cast.case_manager)
    page = reverse("letters", args=[kim.uid])
    sent(client, page, letter="neutral", who="patient", period="all")
    pages = in_pdf(client.post(reverse("send_pdf", args=[Disclosure.objects.get().uid])))
    assert len(pages) == 1 and "Harbor" in pages[0]
    assert not tells_too_much(pages[0]), tells_too_much(pages[0])


def test_without_a_consent_nobody_else_is_offered_and_taken_back_it_no_longer_goes(client, cast, kim, bakery):
    sign_in(client, cast.clinician)
    page = reverse("letters", args=[kim.uid])
    sent(client, page, letter="times", who=bakery, period="month")
    revoke_consent(Consent.objects.get().uid, how="oral", by=cast.clinician, at=NOW)
    assert "Ms. Park" not in words(client.get(page))
    refused = sent(client, page, letter="times", who=bakery, period="month")
    assert "may not go to them now" in words(client.get(refused.url))
    row = Disclosure.objects.get()
    assert client.post(reverse("send_pdf", args=[row.uid])).status_code == 409
    row.refresh_from_db()
    assert row.sent_at is None


def test_on_a_page_to_print_the_head_is_the_name_that_says_nothing(client, cast, kim):
    Organization.objects.filter(pk=cast.organization).update(name="Harbor Recovery and Therapy")
    sign_in(client, cast.case_manager)
    said = {"letter": "neutral", "who": "patient", "purpose": "patient_request", "method": "print"}
    days = {"first": (NOW - timedelta(days=30)).date(), "last": NOW.date()}
    answer = sent(client, reverse("release_letter", args=[kim.uid]), **said, **days)
    assert answer.status_code == 302, words(answer)
    row = Disclosure.objects.get()
    paper = words(client.post(reverse("send_print", args=[row.uid]) + "?print=1"))
    assert "Harbor Recovery" not in paper and "Harbor" in paper


def test_who_may_not_tell_finds_no_letters(client, cast, kim):
    assert sign_in(client, cast.front_desk).get(reverse("letters", args=[kim.uid])).status_code == 403
