"""The person's own part of the intake: behind a link, page by page, with 988 and 911 in sight."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import at
from tests.intake_cast import BEN, assess
from throughcare.pathway.intake.assessment import answer_section, invite_to_intake, sign_assessment
from throughcare.records.assessments import IntakeAnswer
from throughcare.records.measures import MeasureResponse

ITEM_9 = {f"item_{number}": "1" for number in range(1, 10)}


@pytest.fixture(autouse=True)
def monday_noon(time_machine_at):
    """It is Monday noon for the pages, which read the clock."""
    time_machine_at(at(12))


@pytest.fixture
def time_machine_at():
    """Sets the clock that the pages read."""
    import time_machine

    travelers = []

    def travel(moment):
        traveler = time_machine.travel(moment, tick=False)
        traveler.start()
        travelers.append(traveler)

    yield travel
    for traveler in reversed(travelers):
        traveler.stop()


@pytest.fixture
def assessment(cast):
    """Ben's assessment."""
    return assess(cast, BEN, reason="Drinking too much")


@pytest.fixture
def token(cast, assessment):
    """Ben's link."""
    return invite_to_intake(assessment, by=cast.clinician, at=at(10))


def page(token, code):
    return reverse("intake_page", args=[token, code])


def test_the_first_page_greets_and_shows_help(client, token):
    shown = client.get(reverse("intake", args=[token]))
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "Ben" in text
    assert 'href="tel:988"' in text
    assert 'href="tel:911"' in text


def test_no_page_names_the_clinic_or_its_kind_of_care(client, token):
    for code in ("reach", "phq-9", "audit-c"):
        text = client.get(page(token, code)).content.decode()
        title = text.split("<title>")[1].split("</title>")[0]
        assert "Harbor House" not in text
        assert title.endswith("· Harbor")


def test_a_page_shows_how_far_the_person_is_and_what_is_known(client, token):
    text = client.get(page(token, "reach")).content.decode()
    assert "Step 1 of 13" in text
    assert "212-555-0141" in text
    assert "Some of this we know already" in text


def test_each_page_is_kept_when_it_is_sent_and_leads_on(client, token):
    sent = client.post(page(token, "reach"), {"phone": "212-555-0142", "safe_ways": ["text", "call"]})
    assert sent.url == page(token, "home")
    assert IntakeAnswer.objects.get().answers == {"phone": "212-555-0142", "safe_ways": ["call", "text"]}
    again = client.get(reverse("intake", args=[token])).content.decode()
    assert page(token, "home") in again
    assert "Continue" in again


def test_hours_of_work_are_given_day_by_day(client, token):
    week = {f"work_hours-{day}-from": "07:00" for day in range(5)} | {
        f"work_hours-{day}-to": "15:00" for day in range(5)
    }
    client.post(page(token, "work"), {"works": "yes", **week})
    assert IntakeAnswer.objects.get().answers["work_hours"] == [[day, "07:00", "15:00"] for day in range(5)]
    shown = client.get(page(token, "work")).content.decode()
    assert shown.count('value="07:00"') == 5


def test_a_day_half_filled_in_is_named(client, token):
    sent = client.post(
        page(token, "work"), {"works": "yes", "work_hours-2-from": "07:00", "work_hours-2-to": ""}
    )
    assert sent.status_code == 422
    text = sent.content.decode()
    assert "Wednesday: fill in both times" in text
    assert 'href="#id_work_hours_0"' in text
    assert 'id="id_work_hours_0"' in text
    assert not IntakeAnswer.objects.exists()


def test_everything_may_be_skipped(client, token):
    address, pages = page(token, "reach"), 0
    while address != reverse("intake_thanks", args=[token]):
        sent = client.post(address, {})
        assert sent.status_code == 302
        address, pages = sent.url, pages + 1
    assert pages == 13
    assert not MeasureResponse.objects.exists()
    text = client.get(address).content.decode()
    assert "Almost done" in text
    assert page(token, "phq-9") in text


def test_an_answer_about_death_shows_help_at_once(client, token, cast, assessment):
    sent = client.post(page(token, "phq-9"), ITEM_9)
    assert sent.url.startswith(reverse("intake_help_now", args=[token]))
    text = client.get(sent.url).content.decode()
    assert 'href="tel:988"' in text
    assert "What happens next" in text
    assert page(token, "gad-7") in text
    client.force_login(account(cast.clinician))
    overview = client.get(reverse("assessment", args=[assessment])).content.decode()
    assert "PHQ-9, item 9" in overview
    assert "C-SSRS due" in overview


def test_answers_without_danger_lead_straight_on(client, token):
    calm = {f"item_{number}": "0" for number in range(1, 10)}
    assert client.post(page(token, "phq-9"), calm).url == page(token, "gad-7")
    taken = MeasureResponse.objects.get()
    assert (taken.total, taken.mode, taken.recorded_by) == (0, "self", None)


def test_an_item_off_its_scale_is_refused(client, token):
    assert client.post(page(token, "phq-9"), {"item_1": "7"}).status_code == 422
    assert not MeasureResponse.objects.exists()


def test_a_double_click_keeps_one_answer(client, token):
    once = "5d3a3a3e-6a57-4b1e-9a55-0b6f4c6a0001"
    for _ in range(2):
        sent = client.post(page(token, "phq-9"), {**ITEM_9, "once": once})
        assert sent.status_code == 302
    assert MeasureResponse.objects.count() == 1


def test_the_second_of_two_sees_what_the_first_wrote(client, token, cast, assessment):
    client.get(page(token, "work"))
    answer_section(
        assessment, "work", {"works": "no"}, said_by="clinician", by=cast.clinician, at=at(11), seen_version=0
    )
    sent = client.post(page(token, "work"), {"works": "yes", "work_kind": "Baker", "seen_version": "0"})
    text = sent.content.decode()
    assert sent.status_code == 422
    assert "Do you work? No" in text
    assert 'value="Baker"' in text
    assert 'name="seen_version" value="1"' in text
    assert client.post(page(token, "work"), {"works": "yes", "seen_version": "1"}).status_code == 302


@pytest.mark.parametrize("which", ["garbage", "expired", "ended", "signed"])
def test_every_link_that_does_not_open_shows_the_same_page(
    client, cast, assessment, token, which, time_machine_at
):
    if which == "garbage":
        token = "x" * 43
    elif which == "expired":
        time_machine_at(at(10) + timedelta(days=14))
    elif which == "ended":
        invite_to_intake(assessment, by=cast.clinician, at=at(11))
    else:
        from tests.intake_cast import ALL_NO, BEN_RATED, measure
        from throughcare.pathway.intake.assessment import rate_domain

        for code in BEN_RATED:
            rate_domain(assessment, code, rating=1, evidence="Seen", by=cast.clinician, at=at(11))
        measure(assessment, "c-ssrs-screener", ALL_NO, by=cast.clinician)
        sign_assessment(assessment, by=cast.clinician, at=at(11))
    bodies = set()
    for address in (
        reverse("intake", args=[token]),
        page(token, "work"),
        reverse("intake_thanks", args=[token]),
    ):
        shown = client.get(address)
        assert shown.status_code == 404
        text = shown.content.decode()
        assert "This link is closed" in text
        assert "Ben" not in text
        bodies.add(text)
    assert len(bodies) == 1
    assert client.post(page(token, "work"), {"works": "no"}).status_code == 404
    assert not IntakeAnswer.objects.exists()


def test_a_page_that_is_not_theirs_is_closed_too(client, token):
    for code in ("checklist", "dast-10", "c-ssrs-screener", "nonsense"):
        assert client.get(page(token, code)).status_code == 404


def test_naughty_words_come_back_as_they_were_written(client, token, shared_data):
    lines = json.loads((shared_data / "input" / "blns.json").read_text())
    words = "\n".join(line for line in lines if line.strip() and "\x00" not in line)[:3900]
    fields = {"brings": words, "hopes": "<script>alert(1)</script>", "worries": "{{ visit.phone }}"}
    assert client.post(page(token, "hopes"), fields).status_code == 302
    text = client.get(page(token, "hopes")).content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "{{ visit.phone }}" in text
    assert IntakeAnswer.objects.get().answers["brings"].replace("\r\n", "\n") == words.strip()


def test_a_page_takes_few_queries(client, token, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get(page(token, "work"))


def account(actor):
    from throughcare.records.people import Account

    return Account.objects.get(pk=actor.account)
