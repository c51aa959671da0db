"""The slip-risk list and the page about its model, as they are used."""

import pytest
import time_machine

from tests.slip_cast import NOW, years_of
from throughcare.pathway.program_settings import change_setting
from throughcare.pathway.slip_risk.rounds import keep_slip_risk
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


def fitted(cast):
    years_of(cast, 130)
    for key, value in (("least_ended", 70), ("least_drop_outs", 20), ("least_auc", 0.5)):
        change_setting(f"slip_risk.{key}", value, effective_date=NOW.date(), by=cast.director, at=NOW)
    keep_slip_risk(at=NOW)


def test_without_enough_the_page_says_in_words_what_is_lacking(client, cast):
    years_of(cast, 20)
    keep_slip_risk(at=NOW)
    browser = sign_in(client, cast.clinician)
    assert "Off until there is enough to learn from: " in words_of(browser.get("/slip-risk/"))
    about = words_of(browser.get("/slip-risk/model"))
    assert "No model was fitted yet." in about and "Too few stays or drop-outs" in about


def test_the_list_shows_people_with_reasons_and_what_went_along_with_staying(client, cast):
    fitted(cast)
    words = words_of(sign_in(client, cast.clinician).get("/slip-risk/"))
    assert "raises it</span>" in words and "What weighs most" in words and "Reach out" in words
    assert "no proof of what helps" in words and "Away for more than a week" in words
    about = words_of(client.get("/slip-risk/model"))
    for part in (
        "Held-out months",
        "Area under the curve",
        "Age: ",
        "withheld",
        "Limits",
        "odds of dropping out",
    ):
        assert part in about
    assert "Turn slip risk off" not in about


def test_the_director_turns_it_off_and_everyone_reads_why(client, cast):
    fitted(cast)
    browser = sign_in(client, cast.director)
    form = words_of(browser.get("/slip-risk/model"))
    assert "Turn slip risk off" in form
    assert browser.post("/slip-risk/switch", {"on": "no", "switch-because": ""}).status_code == 422
    done = browser.post("/slip-risk/switch", {"on": "no", "switch-because": "We look first."}, follow=True)
    assert "Slip risk is off." in words_of(done) and "We look first." in words_of(done)
    words = words_of(sign_in(client, cast.clinician).get("/slip-risk/"))
    assert "We look first." in words and "What weighs most" not in words
    assert client.post("/slip-risk/switch", {"on": "yes", "switch-because": "x"}).status_code == 403


def test_feedback_reaches_the_director(client, cast):
    browser = sign_in(client, cast.nurse)
    assert browser.post("/slip-risk/feedback", {"words": ""}).status_code == 422
    browser.post("/slip-risk/feedback", {"words": "It knows nothing of buses."})
    assert "It knows nothing of buses." in words_of(sign_in(client, cast.director).get("/slip-risk/model"))


@pytest.mark.parametrize("role", ["biller", "compliance", "admin", "front_desk", "admissions"])
@pytest.mark.parametrize("page", ["/slip-risk/", "/slip-risk/model"])
def test_nobody_who_does_not_treat_gets_in_or_finds_the_way(client, cast, role, page):
    browser = sign_in(client, getattr(cast, role))
    assert browser.get(page).status_code == 403
    assert 'href="/slip-risk/"' not in browser.get("/me", follow=True).content.decode()
