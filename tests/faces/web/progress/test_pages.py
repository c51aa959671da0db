"""The progress page and the page of a step, as they are used."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from tests.cast import gather_cast
from tests.plan_cast import admit, patient_of, place_person
from tests.progress_cast import NOW, patient_uid, phq, six_good_weeks
from throughcare.records.episodes import Stay
from throughcare.records.people import Account

STEP = {
    "level": "op",
    "reason": "improved",
    "text": "She reached her goals.",
    "next_place": "Outpatient with Carla Reyes",
}


@pytest.fixture(autouse=True)
def on_the_day():
    """It is Monday 13 April 2026, 10:00 in New York."""
    with time_machine.travel(NOW, tick=False):
        yield


def sign_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account))
    return client


def test_progress_says_the_change_in_words_beside_the_chart(client, cast):
    uid = patient_uid(six_good_weeks(cast))
    page = sign_in(client, cast.clinician).get(f"/patients/{uid}/progress")
    words = page.content.decode()
    assert page.status_code == 200
    assert "Reliably better since intake: 18 → 8." in words
    assert "No reliable change since last time: 13 → 8." in words
    assert "Reached" in words and "No note is tied to it yet" in words
    assert "18 present" in words


def test_empty_progress_is_told_in_sentences(client, cast):
    uid = patient_uid(admit(cast))
    words = sign_in(client, cast.clinician).get(f"/patients/{uid}/progress").content.decode()
    assert "No measure was answered in this episode yet." in words
    assert "No plan is in force, so there are no objectives to follow." in words
    assert "No sessions yet." in words


def test_someone_not_admitted_has_no_charts(client, cast):
    uid = patient_of(place_person(cast))
    browser = sign_in(client, cast.clinician)
    for page in ("progress", "step", "discharge"):
        assert "was not admitted yet" in browser.get(f"/patients/{uid}/{page}").content.decode()


def test_names_of_any_kind_stay_words(client, cast):
    episode = admit(cast, given="<b>Ana</b>", family="O'Brien & 李 ‮ عربي 😀")
    words = sign_in(client, cast.clinician).get(f"/patients/{patient_uid(episode)}/progress").content.decode()
    assert "<b>Ana</b>" not in words and "&lt;b&gt;Ana" in words


@pytest.mark.parametrize("page", ["progress", "step", "discharge"])
def test_pages_are_for_those_who_treat(client, cast, page):
    uid = patient_uid(admit(cast))
    assert sign_in(client, cast.clinician).get(f"/patients/{uid}/{page}").status_code == 200
    for role in (cast.admissions, cast.biller, cast.admin, cast.compliance):
        assert sign_in(client, role).get(f"/patients/{uid}/{page}").status_code == 403
    assert sign_in(client, cast.clinician).get(f"/patients/{uuid4()}/{page}").status_code == 404
    other = gather_cast("Other House", mail_host="other.test")
    assert sign_in(client, other.clinician).get(f"/patients/{uid}/{page}").status_code == 404


def test_more_measures_cost_no_more_queries(client, cast, django_assert_num_queries):
    episode = six_good_weeks(cast)
    browser = sign_in(client, cast.clinician)
    address = f"/patients/{patient_uid(episode)}/progress"
    browser.get(address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    for n in range(12):
        phq(cast, episode, 9, day=NOW.date() - timedelta(days=n + 1))
    with django_assert_num_queries(len(few)):
        browser.get(address)
    assert len(few) <= 36


def test_a_step_is_one_post_and_a_double_click_is_one_step(client, cast):
    uid = patient_uid(six_good_weeks(cast))
    browser = sign_in(client, cast.clinician)
    assert "100% of planned hours" in browser.get(f"/patients/{uid}/step").content.decode()
    sent = {**STEP, "once": str(uuid4())}
    first = browser.post(f"/patients/{uid}/step", sent)
    again = browser.post(f"/patients/{uid}/step", sent)
    assert (first.status_code, again.status_code) == (302, 302)
    assert list(Stay.objects.order_by("began_at").values_list("level", flat=True)) == ["iop", "op"]
    assert "The step is recorded" in browser.get(first.url).content.decode()


def test_what_is_lacking_in_a_step_stands_beside_its_field(client, cast):
    uid = patient_uid(admit(cast))
    browser = sign_in(client, cast.clinician)
    page = browser.post(f"/patients/{uid}/step", {**STEP, "next_place": ""})
    assert page.status_code == 422 and "Name the next place" in page.content.decode()
    page = browser.post(f"/patients/{uid}/step", {**STEP, "level": "hospital"})
    assert page.status_code == 422 and "does not offer hospital" in page.content.decode()
    assert Stay.objects.count() == 1


def test_a_stay_elsewhere_keeps_the_episode(client, cast):
    uid = patient_uid(admit(cast))
    browser = sign_in(client, cast.clinician)
    page = browser.post(f"/patients/{uid}/step", {**STEP, "level": "hospital", "comes_back": "on"})
    assert page.status_code == 302
    assert "in care elsewhere" in browser.get(page.url).content.decode()


def test_a_facilitator_reads_why_they_can_not_step(client, cast):
    uid = patient_uid(admit(cast))
    browser = sign_in(client, cast.case_manager)
    words = browser.get(f"/patients/{uid}/step").content.decode()
    assert "Step now" not in words and "may not change episodes of care" in words
    assert browser.post(f"/patients/{uid}/step", STEP).status_code in (403, 409, 422)
    assert Stay.objects.count() == 1
