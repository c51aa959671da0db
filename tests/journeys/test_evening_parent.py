"""Ana, who has a child of four and a sitter on Saturday mornings: from asking for help to her discharge."""

from dataclasses import dataclass
from datetime import time, timedelta

import pytest
from pypdf import PdfReader

from tests.cast import MONDAY, Cast, at
from tests.journeys.conftest import Clock
from tests.journeys.walker import PHONE, Walker
from tests.referral_cast import patient_called
from tests.week_cast import a_group
from throughcare.pathway.group.group import meet_weekly
from throughcare.pathway.week.schedule import extend_sessions

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (MONDAY + timedelta(days=n) for n in (2, 3, 4, 5))
REVIEW_DAY, LAST_DAY = (MONDAY + timedelta(days=n) for n in (28, 42))
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
        return f"/patients/{patient_called('Ana').uid}"


def test_the_evening_parent(someone, cast, clock):
    evening_groups(cast)
    asks_for_help(someone(size=PHONE))
    story = Story(
        cast,
        clock,
        someone("ada@harbor.test"),
        someone("carla@harbor.test"),
        someone("felix@harbor.test", size=PHONE),
    )
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
        cast,
        name="Evening recovery",
        kind="relapse-prevention",
        track="evening",
        starts=time(17, 30),
        minutes=180,
    )
    meet_weekly(
        evening, weekday=2, starts=time(17, 30), minutes=180, from_date=MONDAY, by=cast.admin, at=at(8)
    )
    a_group(cast, name="Thursday CBT", track="evening", weekday=3, starts=time(18, 30), minutes=120)
    a_group(
        cast,
        name="Saturday recovery",
        kind="relapse-prevention",
        track="weekend",
        weekday=5,
        starts=time(9),
        minutes=180,
    )
    extend_sessions(cast.organization, until=MONDAY + timedelta(days=62), at=at(8))


def asks_for_help(ana):
    ana.go("/welcome")
    ana.look("welcome", "Ask for help")
    ana.follow("Ask for help")
    ana.look("ask-for-help", "988", "911")
    ana.pick("Who is this for?", "Me")
    ana.fill("Name you go by", "Ana")
    ana.fill("Your phone number", "212-555-0123")
    ana.fill("When is a good time?", "While Leo naps, 1 to 3")
    ana.press("Send")
    ana.look("asked-for-help", "Thank you. We have your message.", "988")


def is_called_back(story):
    ada = story.ada
    ada.go("/referrals/")
    ada.look("pipeline", "Ana", "Make the first contact", "Nobody owns it")
    ada.follow("Ana")
    ada.press("Take it")
    ada.look("referral", "While Leo naps, 1 to 3", "The next step is yours.")
    ada.follow("Write down a contact")
    ada.look("contact")
    ada.pick("What came of it?", "Reached")
    ada.press("Write it down")
    ada.look("referral-reached", "The attempt was written down.", "Book the intake")
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
    carla.follow("Ana Silva")
    carla.press("Open the assessment")
    carla.look("assessment", "Assessment", "Ana Silva")
    screens_for_safety(carla)
    carla.follow("PHQ-9")
    answers(carla, 2, 2, 2, 2, 2, 2, 2, 2, 0)
    carla.press("Save and score")
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
SEVERAL = "Several contacts a week"
RATINGS = {
    "Withdrawal and intoxication": "0 · None: no signs, none to expect",
    "Physical health and pregnancy": "0 · None: no health problem that matters here",
    "Mind, and harm to self or others": f"2 · {SEVERAL}: symptoms that get in the way of work, home or care",
    "Use risk": f"2 · {SEVERAL}: use goes on or is likely without them",
    "Home and supports": "1 · Mild and managed: some strain, enough support",
    "Engagement, wishes and barriers": "1 · Mild and managed: small barriers, already solved",
}


def screens_for_safety(carla):
    carla.follow("C-SSRS")
    for question in ("Question 1: wish", "Question 2: thoughts", "Question 6: behavior"):
        carla.pick(question, "0 · No")
    carla.pick("How was it filled in?", "Asked in a conversation")
    carla.look("c-ssrs")
    carla.press("Save and score")
    carla.look("assessment-screened", "Assessment")


def rates_the_domains(carla):
    for domain, rating in RATINGS.items():
        carla.follow(domain)
        carla.pick("Rating", rating)
        carla.fill("Evidence", "Heard in the interview this morning.")
        carla.look("domain")
        carla.press("Save the rating")


def is_admitted(story):
    ada = story.ada
    ada.go("/referrals/")
    ada.look("pipeline-ready", "Ready for admission")
    ada.follow("Ana Silva")
    ada.follow("Admit")
    ada.pick("Track", "Evening")
    ada.look("admit", "Intensive outpatient")
    ada.press("Admit")
    ada.look("admission", "Ana Silva is admitted.")
    signs_agreements(ada)
    ada.follow("Care team")
    ada.select("Primary therapist", "Carla Reyes")
    ada.look("care-team")
    ada.press("Set the team")
    ada.look("admission-staffed", "The care team is set.")
    carla = story.carla
    carla.go(story.ana + "/")
    carla.look("patient", "Story", "Ana Silva")
    carla.follow("Admission")
    carla.follow("Diagnoses")
    carla.page.get_by_label("Code or words").press_sequentially("alcohol depend")
    found = carla.page.locator("#found")
    found.get_by_role("rowheader", name="F10.20", exact=True).wait_for()
    carla.look("diagnosis-search")
    carla.press("Add as principal F10.20")
    carla.look("diagnoses", "F10.20", "Principal")
    carla.follow("Back to the admission")
    carla.look("admission-left")


def signs_agreements(ada):
    ada.follow("Consent to treatment")
    signed = 0
    while "/agreements/" in ada.path:
        ada.fill("Full name", "Ana Silva")
        ada.tick("I have read this")
        ada.look(f"agreement-{signed}")
        ada.press("Sign")
        signed += 1
    assert signed == 4
    ada.look("agreements-signed")


def writes_a_plan(story):
    carla = story.carla
    carla.follow("Care plan")
    carla.look("plan-none", "Nothing is written yet.")
    carla.press("Start the plan")
    carla.look("plan-empty", "Before this plan may be signed")
    carla.follow("Add a problem")
    carla.fill("Problem", "Drinks most evenings since the separation")
    carla.look("problem")
    carla.press("Save")
    carla.follow("Add a goal")
    carla.fill("Goal", "I want to be clear-headed when Leo wakes up.")
    carla.press("Save")
    carla.follow("Add an objective")
    carla.follow("My mood lifts")
    carla.look("objective")
    carla.press("Save")
    carla.follow("Add an intervention")
    carla.select("Kind of session", "Relapse prevention")
    carla.fill("Times a week", "2")
    carla.press("Save")
    prescribes_nine_hours(carla)
    signs_the_plan(carla)


def prescribes_nine_hours(carla):
    carla.go(carla.page.locator("a[href$='/dose']").first.get_attribute("href"))
    carla.fill("Hours a week", "9")
    carla.fill("Days a week", "3")
    carla.fill("Longest day", "3")
    carla.look("dose")
    carla.press("Save")
    for kind, times, minutes in WEEK:
        carla.follow("Add a kind of session")
        carla.select("Kind of session", kind)
        carla.fill("Times a week", times)
        carla.fill("Minutes each", minutes)
        carla.press("Save")
    carla.look("plan-draft", "Hours that count 9", "Family sessions come to 0 a month")


WEEK = (
    ("Individual therapy", "1", "60"),
    ("Relapse prevention", "2", "180"),
    ("Cognitive behavioral therapy", "1", "120"),
)


def signs_the_plan(carla):
    carla.follow("Sign as clinician")
    carla.fill("Full name", "Carla Reyes")
    carla.tick("I have read this")
    carla.look("plan-sign-clinician")
    carla.press("Sign")
    carla.look("plan-half-signed", "The other signature is still missing.")
    carla.follow("Sign this version")
    carla.follow("Patient signs")
    carla.fill("Full name", "Ana Silva")
    carla.tick("I have read this")
    carla.look("plan-sign-patient", "My care plan")
    carla.press("Sign")
    carla.look("plan", "Both have signed: the plan is in force.", "Hours that count 9")


def finds_her_evenings(story):
    ada = story.ada
    ada.go(f"{story.ana}/week")
    ada.look("week-empty", "0 of 9")
    ada.follow("Commitments")
    for weekday, starts, ends in (("Tuesday", "15:00", "21:00"), ("Saturday", "13:00", "21:00")):
        ada.pick("What is it?", "Child care")
        ada.fill("In a few words", "Leo; the sitter comes Saturday 8 to 1")
        ada.pick("How often?", "Every week")
        ada.select("Day of the week", weekday)
        ada.fill("From", starts)
        ada.fill("Until", ends)
        ada.press("Add to the week")
    ada.look("commitments", "Saturdays, 1:00–9:00 PM")
    ada.follow("Back to the week")
    for group in ("Evening recovery", "Thursday CBT"):
        ada.follow(f"Place {group}")
        ada.look("join")
        ada.press("Place")
    ada.look("week-grouped", "8 of 9")
    ada.follow("Book a session")
    ada.pick("Kind of session", "Individual therapy")
    ada.fill("Day", "2026-03-05")
    ada.fill("Starts at", "17:30")
    ada.fill("How many weeks", "6")
    ada.select("With whom", "Carla Reyes")
    ada.select("Room", "Office 1")
    ada.look("book")
    ada.press("Book")
    ada.look("week-full", "9 of 9")


def comes_once_and_misses_twice(story):
    clock, felix, carla = story.clock, story.felix, story.carla
    clock.set(at(17, 35))
    takes_attendance(felix, "Evening recovery", "Present")
    clock.set(at(20, 40))
    writes_the_note(felix)
    clock.set(at(18, 20, day=WEDNESDAY))
    takes_attendance(felix, "Evening recovery", "No-show")
    clock.set(at(18, 20, day=THURSDAY))
    takes_attendance(carla, "Individual therapy", "No-show")
    clock.set(at(20, 20, day=THURSDAY))
    takes_attendance(felix, "Thursday CBT", "No-show")
    carla.go(f"{story.ana}/hours")
    carla.look("hours-3", "Attendance critical")


def takes_attendance(leader, session, tap):
    leader.go("/today")
    leader.look("today")
    leader.follow(session)
    row = leader.page.locator(".door-row")
    leader.look("session")
    row.get_by_role("button", name=tap, exact=True).click()
    row.locator(f"[aria-pressed=true]:text-is('{tap}')").wait_for()
    leader.look("session-taken", "1 of 1 taken")


def writes_the_note(felix):
    felix.follow("Notes")
    felix.look("notes")
    felix.fill("Topic", "Warning signs")
    felix.fill("What the group did", "The group named early warning signs and practiced urge surfing.")
    felix.fill("How Ana Silva took part", "Named two evening triggers and whom she will call.")
    felix.page.get_by_role("radio").first.check()
    felix.press("Save and sign")
    felix.look("notes-signed", "1 note signed.")
    felix.follow("Read the note")
    felix.look("note", "Named two evening triggers", "Felix Grant, LPC")


def makes_up_on_saturday(story):
    clock, felix, carla = story.clock, story.felix, story.carla
    clock.set(at(9, 30, day=FRIDAY))
    carla.go(f"{story.ana}/hours")
    carla.follow("Offer a make-up")
    carla.look("make-ups", "3 of 9", "Sat, Mar 7, 9:00 AM–12:00 PM", "Saturday recovery")
    assert carla.page.get_by_role("button", name="Book this one").count() == 1
    carla.press("Book this one")
    carla.look("make-up-booked", "The seat is booked: it makes up for missed hours.")
    clock.set(at(9, 10, day=SATURDAY))
    takes_attendance(felix, "Saturday recovery", "Present")
    felix.reads("Make-up")
    clock.set(at(12, 30, day=SATURDAY))
    carla.go(f"{story.ana}/hours")
    carla.look("hours-6", "6 of 9", "Attendance low")
    carla.go("/census/")
    carla.look("census", "Silva, Ana", "6 of 9")


def gets_better(story):
    carla = story.carla
    story.clock.set(at(10, day=REVIEW_DAY))
    carla.go(f"{story.ana}/measures/")
    carla.look("measures", "PHQ-9")
    carla.follow("Record a measure")
    carla.select("Questionnaire", "Patient Health Questionnaire (PHQ-9)")
    carla.look("measure-choose")
    carla.press("Continue")
    answers(carla, 1, 1, 1, 1, 1, 1, 1, 1, 0)
    carla.look("measure")
    carla.press("Save and score")
    carla.look("measures-twice", "Reliably better")
    carla.go(f"{story.ana}/plan")
    carla.follow("Review the plan")
    carla.select("Held because", "Due by days")
    carla.pick("What follows?", "Step down")
    carla.look("review", "Reliably better")
    carla.press("Sign the review")
    carla.look("reviewed", "Step down")
    carla.go(f"{story.ana}/progress")
    carla.look("progress", "Reliably better")
    carla.follow("Step up or down")
    carla.look("step", "Step down")
    carla.pick("Level", "Outpatient")
    carla.select("Reason", "The person is better and needs less")
    carla.fill("Why this level is right now", "Her mood lifted and she holds her week with her own plan.")
    carla.fill("Next place", "Carla Reyes here, once a week")
    carla.press("Step now")
    carla.look("stepped", "The step is recorded.", "Now at outpatient")


def answers(walker, *values):
    """The answers of a questionnaire, in the order of its items."""
    for number, value in enumerate(values, 1):
        walker.page.locator(f"input[name=item_{number}][value='{value}']").check()
    walker.pick("How was it filled in?", "Filled in by the person")


def leaves(story):
    carla = story.carla
    story.clock.set(at(10, day=LAST_DAY))
    carla.go(f"{story.ana}/progress")
    carla.follow("Discharge")
    carla.select("Why the person leaves", "Moved to less intensive care")
    carla.fill("How it went", "She came through a hard first week and asked early for a make-up.")
    carla.fill("What helped", "Knowing whom to call in the evening.")
    carla.fill("Next place", "Riverside Clinic")
    carla.pick("Is a first visit afterwards made?", "Yes")
    carla.fill("With whom", "Dr. Lee, Riverside Clinic")
    carla.fill("Day and time of the visit", "2026-04-16T15:00")
    carla.fill("Phone of the clinic", "212-555-0147")
    carla.look("discharge")
    carla.press("Sign and discharge")
    carla.look("discharge-summary", "The episode has ended.", "Riverside Clinic", "Knowing whom to call")
    with carla.page.expect_download() as download:
        carla.page.get_by_role("link", name="Hand over as PDF").click()
    assert "Ana" not in download.value.suggested_filename
    pages = PdfReader(download.value.path()).pages
    assert "Ana Silva" in " ".join(page.extract_text() for page in pages)
    carla.go("/aftercare/")
    carla.look("aftercare", "Ana Silva", "Dr. Lee, Riverside Clinic")
    carla.go("/census/")
    carla.look("census-without-her")
    assert carla.page.get_by_text("Silva").count() == 0
    carla.go(story.ana + "/")
    carla.look("patient-left", "Discharge")
