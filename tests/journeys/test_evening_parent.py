"""Ana, who has a child of four and a sitter on Saturday mornings: from asking for help to her discharge."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest

from tests.cast import MONDAY, Cast, at
from tests.journeys.conftest import Clock
from tests.journeys.walker import PHONE, Walker
from tests.week_cast import a_group
from throughcare.pathway.group import meet_weekly
from throughcare.pathway.schedule import extend_sessions
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (MONDAY + timedelta(days=n) for n in (2, 3, 4, 5))
REVIEW_DAY = MONDAY + timedelta(days=28)
C_SSRS_NO = ("1.", "2.", "6.")


@dataclass
class Story:
    """Who walks, on which clock."""

    cast: Cast
    clock: Clock
    ada: Walker
    carla: Walker
    felix: Walker

    @property
    def ana(self) -> str:
        """The address of Ana's chart."""
        return f"/patients/{Patient.objects.get(given_name='Ana').uid}"


def test_the_evening_parent(someone, cast, clock):
    evening_groups(cast)
    asks_for_help(someone(size=PHONE))
    story = Story(cast, clock, someone("ada@harbor.test"), someone("carla@harbor.test"), someone("felix@harbor.test", size=PHONE))
    is_called_back(story)
    is_assessed(story)
    is_admitted(story)
    writes_a_plan(story)
    finds_her_evenings(story)
    comes_once_and_misses_twice(story)
    makes_up_on_saturday(story)
    gets_better(story)
    leaves(story)


def evening_groups(cast):
    """Groups on Monday and Wednesday, on Thursday, and on Saturday morning."""
    evening = a_group(
        cast, name="Evening recovery", kind="relapse-prevention", track="evening", starts=time(17, 30), minutes=180
    )
    meet_weekly(
        evening, weekday=2, starts=time(17, 30), minutes=180, from_date=MONDAY, by=cast.admin, at=at(8)
    )
    a_group(cast, name="Thursday CBT", track="evening", weekday=3, starts=time(18, 30), minutes=120)
    a_group(
        cast, name="Saturday recovery", kind="relapse-prevention", track="weekend", weekday=5, starts=time(9), minutes=180
    )
    extend_sessions(cast.organization, until=MONDAY + timedelta(days=62), at=at(8))


def asks_for_help(ana):
    ana.go("/welcome")
    ana.look("welcome", "Ask for help")
    ana.follow("Ask for help")
    ana.look("ask-for-help", "988", "911")
    ana.pick("Who is this for?", "Me")
    ana.fill("What may we call you?", "Ana")
    ana.fill("Your phone number", "212-555-0123")
    ana.fill("When is a good time?", "While Leo naps, 1 to 3")
    ana.press("Send")
    ana.look("asked-for-help", "Thank you. We have your message.", "988")


def is_called_back(story):
    ada = story.ada
    ada.go("/referrals/")
    ada.look("pipeline", "Ana", "Make the first contact", "Nobody owns it")
    ada.follow(re.compile("^Ana"))
    ada.press("Take it")
    ada.look("referral", "While Leo naps, 1 to 3", "The next step is yours.")
    ada.follow("Write down a contact")
    ada.look("contact")
    ada.pick("What came of it?", "Reached")
    ada.press("Write it down")
    ada.look("referral-reached", "The attempt was written down.", "Book and open the assessment")
    ada.follow("All details of the person")
    ada.look("details")
    ada.go(f"{story.ana}/details/edit")
    ada.fill("Family name", "Silva")
    ada.fill("Date of birth", "5/4/1991")
    ada.look("details-edit")
    ada.press("Save")
    ada.look("details-changed", "Ana Silva", "May 4, 1991")


def is_assessed(story):
    carla = story.carla
    carla.go("/referrals/")
    carla.follow(re.compile("^Ana Silva"))
    carla.press("Open the assessment")
    carla.look("assessment", "Assessment", "Ana Silva")
    screens_for_safety(carla)
    rates_the_domains(carla)
    carla.follow("Facts for the placement")
    for fact in CALM_FACTS:
        carla.pick(fact, "No")
    carla.pick("Someone close who supports sobriety", "Yes")
    carla.fill("Overdoses in the last 90 days", "0")
    carla.fill("Days of use a week", "0")
    carla.look("checklist")
    carla.press("Confirm and save")
    carla.look("assessment-filled", "is confirmed")
    carla.press("Sign the assessment")
    carla.look("assessment-signed", "Signed by Carla Reyes")
    carla.follow("Placement")
    carla.look("placement", "Intensive outpatient")
    carla.press("Confirm the placement")
    carla.look("placed", "The placement is decided.")


CALM_FACTS = (
    "Intent and a plan to harm another person",
    "Medically unstable now",
    "Delirium now",
    "Overdose now",
    "Group not safe or not possible",
    "Withdrawal seizure or delirium tremens in the past",
    "Heavy use now",
    "Daily sedatives together with alcohol",
    "Pregnant and in withdrawal",
    "Home unsafe",
)
RATINGS = {
    "Withdrawal and intoxication": 0,
    "Physical health and pregnancy": 0,
    "Mind, and harm to self or others": 2,
}


def screens_for_safety(carla):
    carla.follow(re.compile("C-SSRS"))
    carla.look("c-ssrs")
    print(carla.page.locator("main").inner_text())


def rates_the_domains(carla):
    for domain, rating in RATINGS.items():
        carla.follow(domain)
