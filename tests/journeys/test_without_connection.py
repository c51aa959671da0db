"""Eve's phone in the subway: her plan opens, her check-in waits and arrives once, help says that it can't send."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import plan_cast
from tests.cast import MONDAY, at
from tests.crisis_cast import put_on_call
from tests.journeys.walker import PHONE
from tests.through_the_door import session_of
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.own_goal.own_goals import set_goal
from throughcare.pathway.safety_plan.writing import NewPlan, save_plan
from throughcare.records.crises import Crisis
from throughcare.records.daily import DailyCheckIn
from throughcare.records.episodes import Episode

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TUESDAY = MONDAY + timedelta(days=1)
CANARY = "Slept badly after the call with my brother"
PLAN = "I stop answering my sister"
GOAL = "I sleep through the night"
# Everything that this origin's store holds, as somebody with the file would read it.
DUMP = """async () => {
  const asked = indexedDB.open("throughcare", 1);
  const database = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const found = [];
  for (const name of database.objectStoreNames) {
    const all = database.transaction(name).objectStore(name).getAll();
    found.push(...await new Promise((done) => { all.onsuccess = () => done(all.result); }));
  }
  database.close();
  const shown = (one) => JSON.stringify(one, (_, value) => value instanceof ArrayBuffer
    ? new TextDecoder("latin1").decode(value) : value);
  return { rows: found.length, words: found.map(shown).join() };
}"""


@pytest.fixture
def phone(cast, clock, someone):
    """Eve's own phone, and Finn in the same program."""
    for given in ("Eve", "Finn"):
        patient = Episode.objects.get(uid=plan_cast.admit(cast, given=given, family="Lund")).patient
        invite_patient(patient.uid, email=f"{given.lower()}@mail.test", by=cast.clinician, at=at(12))
        words = {"signs": [PLAN], "people": ["Ida 212-555-0156"]}
        if given == "Eve":
            save_plan(patient.uid, "safety", NewPlan(words), by=cast.clinician, at=at(12))
            set_goal(patient.uid, "home", GOAL, by=cast.program, at=at(12))
    clock.set(at(7, 40, day=TUESDAY))
    put_on_call(cast, at=at(8))
    return someone("eve@mail.test", size=PHONE, keeps=True)


def test_offline_safety_plan_and_check_in_and_back_on_line_exactly_once(phone, clock):
    she_says_that_the_phone_is_her_own(phone)
    phone.context.set_offline(True)
    her_plan_opens(phone)
    her_goals_and_her_practice_open(phone)
    her_check_in_waits_sealed(phone)
    another_signs_in_between_and_sends_nothing(phone)
    back_on_line_it_arrives_once_on_its_day(phone, clock)
    help_says_at_once_that_it_cannot_send(phone)
    signed_out_only_the_plan_is_there(phone)


def test_the_quick_way_out_leaves_nothing_to_come_back_to(phone):
    away = "https://www.weather.gov/"
    weather = "<title>Weather</title><h1>Sunny</h1>"
    phone.context.route(f"{away}**", lambda route: route.fulfill(body=weather, content_type="text/html"))
    phone.go(reverse("my_help"))
    phone.go(reverse("my_safety_plan"))
    phone.page.get_by_role("link", name="Leave fast").click()
    phone.page.wait_for_url(away)
    for _ in range(2):
        phone.page.go_back(wait_until="commit")
        phone.page.wait_for_url(away)
        assert phone.page.title() == "Weather"
    # Opened anew, it asks who is there: leaving has signed her out.
    phone.go(reverse("my_safety_plan"))
    assert phone.path == reverse("sign_in")
    assert all(away in line for line in phone.troubles), phone.troubles
    phone.troubles.clear()


def she_says_that_the_phone_is_her_own(phone):
    phone.go(reverse("my_phone"))
    phone.look("this-phone", "This phone")
    phone.tick("My safety plan")
    phone.tick("My check-in, my week")
    phone.page.get_by_role("button", name="Save on this phone").click()
    phone.page.get_by_text("Saved. This phone keeps").wait_for()
    phone.page.wait_for_function("navigator.serviceWorker.controller !== null")


def her_plan_opens(phone):
    phone.go(reverse("my_safety_plan"))
    phone.page.get_by_text(PLAN).wait_for()
    phone.look("offline-plan", PLAN, "Ida 212-555-0156", "Call 988")
    assert phone.page.locator("a[href^='tel:'][href$='2125550156']").count() == 1


def her_goals_and_her_practice_open(phone):
    phone.go(reverse("my_plan"))
    phone.look("offline-goals", "You see this page as it was", GOAL)
    phone.follow(GOAL)
    phone.look("offline-goal", "You see this page as it was", GOAL)
    phone.go(reverse("my_practice"))
    phone.look("offline-practice", "You see this page as it was")


def her_check_in_waits_sealed(phone):
    phone.go(reverse("my_daily"))
    phone.page.get_by_text("No connection. You see this page as it was").wait_for()
    phone.page.locator("textarea").fill(CANARY)
    phone.page.get_by_role("button", name="Done").click()
    phone.page.get_by_text("Your words are kept on this phone, sealed.").wait_for()
    phone.page.get_by_text("sent when you are back on line: Check-in").wait_for()
    phone.look("offline-check-in")
    kept = phone.page.evaluate(DUMP)
    assert (
        kept["rows"] >= 3
        and CANARY not in kept["words"]
        and PLAN not in kept["words"]
        and GOAL not in kept["words"]
    )
    assert not DailyCheckIn.objects.exists()


def another_signs_in_between_and_sends_nothing(phone):
    come_in(phone, "finn@mail.test")
    phone.go(reverse("my_daily"))
    phone.page.wait_for_load_state("networkidle")
    assert not DailyCheckIn.objects.exists()


def come_in(phone, email):
    """Somebody signs in on this phone."""
    session = session_of(email, phone.page.evaluate("navigator.userAgent"))
    phone.context.add_cookies([{"name": "sessionid", "value": session, "url": phone.home}])
    phone.context.set_offline(False)


def back_on_line_it_arrives_once_on_its_day(phone, clock):
    clock.set(at(18, day=TUESDAY))
    come_in(phone, "eve@mail.test")
    phone.go(reverse("my_week"))
    phone.page.get_by_text("Sent now: Check-in").wait_for()
    for _ in range(2):
        phone.go(reverse("my_daily"))
    phone.page.wait_for_load_state("networkidle")
    said = DailyCheckIn.objects.get()
    assert (said.answers["words"], said.local_day, said.patient.given_name) == (CANARY, TUESDAY, "Eve")
    assert CANARY not in phone.page.evaluate(DUMP)["words"]


def help_says_at_once_that_it_cannot_send(phone):
    phone.go(reverse("my_help"))
    phone.context.set_offline(True)
    phone.page.get_by_role("button", name="Call for help").click()
    phone.page.get_by_text("No connection: nothing was sent to us.").wait_for()
    phone.look("offline-help-pressed", "Nothing will be sent by itself later.")
    phone.go(reverse("my_help"))
    phone.look("offline-help", "We can't be reached from here now", "Call 911", "Text 988")
    phone.context.set_offline(False)
    phone.go(reverse("my_help"))
    assert not Crisis.objects.exists()
    phone.press("Call for help")
    phone.press("Call for help")
    phone.look("help-by-day", "We have your call", "We have your new call too.")
    assert Crisis.objects.count() == 1


def signed_out_only_the_plan_is_there(phone):
    phone.go(reverse("my_daily"))
    phone.press("Sign out")
    assert phone.path == reverse("sign_in")
    phone.page.get_by_role("link", name="Open my safety plan").wait_for()
    phone.context.set_offline(True)
    phone.go(reverse("my_daily"))
    phone.look("no-connection", "This page can't open now.")
    phone.go("/safety-plan")
    phone.page.get_by_text(PLAN).wait_for()
    assert phone.page.evaluate(DUMP)["rows"] == 2  # her choice and her plan
    phone.context.set_offline(False)
