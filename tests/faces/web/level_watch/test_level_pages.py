"""The level-of-care watch in the browser: who is open to step, what is missing, and a seat held ahead."""

from datetime import timedelta

import pytest
import time_machine

from tests.progress_cast import A_PLAN, NOW, TODAY, answer, patient_uid, six_good_weeks
from throughcare.pathway.group.group import NewGroup, open_group
from throughcare.pathway.level_watch.rounds import keep_level_watch
from throughcare.records.level_watch import LevelHold
from throughcare.records.people import Account


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(NOW, tick=False):
        yield


def sign_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account))
    return client


def words_of(page):
    return " ".join(page.content.decode().split())


def test_whose_step_is_open_comes_first_with_the_fact_behind_it(client, cast):
    six_good_weeks(cast)
    answer(cast, six_good_weeks(cast, given="Zoe", family="Zane"), "c-ssrs-screener", A_PLAN, day=TODAY)
    keep_level_watch(at=NOW)
    browser = sign_in(client, cast.clinician)
    words = words_of(browser.get("/level-watch/"))
    assert words.index("Zoe Zane") < words.index("Ana Flores")
    assert "Step up is open" in words and "No step waits for this." in words
    assert "To outpatient" in words and "No drug or alcohol test" in words
    assert "Ana Flores" not in words_of(browser.get("/level-watch/?only=up"))
    assert browser.get("/level-watch/?only=sideways&page=x").status_code == 200


def test_a_seat_is_held_shown_and_given_back(client, cast):
    uid = patient_uid(six_good_weeks(cast))
    group = open_group(
        cast.site,
        NewGroup("Day program", "process", "day", capacity=8, room=cast.group_room),
        by=cast.director,
        at=NOW,
        opened_date=TODAY,
    )
    browser = sign_in(client, cast.clinician)
    assert "Hold a seat at the next level" in words_of(browser.get(f"/patients/{uid}/level-hold"))
    said = {"level": "php", "group": str(group), "place": "", "until_date": ""}
    assert browser.post(f"/patients/{uid}/level-hold", said).status_code == 422
    far = {**said, "until_date": (TODAY + timedelta(days=40)).isoformat()}
    assert "14 days at most" in words_of(browser.post(f"/patients/{uid}/level-hold", far))
    near = {**said, "until_date": (TODAY + timedelta(days=4)).isoformat()}
    done = browser.post(f"/patients/{uid}/level-hold", near, follow=True)
    assert "The seat is held." in words_of(done) and "It ends by itself then." in words_of(done)
    held = LevelHold.objects.get()
    again = browser.post(f"/level-watch/holds/{held.uid}/give-back", follow=True)
    assert "Given back." in words_of(again)
    assert browser.post(f"/level-watch/holds/{held.uid}/give-back").status_code == 409


def test_who_decides_no_level_holds_no_seat(client, cast):
    uid = patient_uid(six_good_weeks(cast))
    browser = sign_in(client, cast.nurse)
    assert "Hold a seat" not in words_of(browser.get("/level-watch/"))
    assert browser.get(f"/patients/{uid}/level-hold").status_code == 403
    assert sign_in(client, cast.biller).get("/level-watch/").status_code == 403
