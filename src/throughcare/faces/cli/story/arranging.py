"""Plans in people's own words, what case managers arrange, referrals out, and an employer who may have a letter."""

import random
from datetime import timedelta
from uuid import UUID

from throughcare.faces.cli.story.beginnings import clock
from throughcare.faces.cli.story.consents import SHOWN, sign
from throughcare.faces.cli.story.days import Cast
from throughcare.faces.cli.story.lives import Life
from throughcare.pathway.privacy.consent import NewConsent
from throughcare.pathway.privacy.recipients import NewRecipient, enter_recipient
from throughcare.pathway.release.sending import send_packet
from throughcare.pathway.safety_plan.writing import NewPlan, save_plan
from throughcare.pathway.task.referrals_out import (
    NewReferralOut,
    prepare_referral_out,
    record_referral_step,
    write_referral_out,
)
from throughcare.pathway.task.tasks import NewTask, end_task, write_task

WITH_PLANS, WITH_TASKS = 24, 12
DAY = timedelta(days=1)
SIGNS = ("I stop answering my phone", "I lie awake past three", "I tell myself nobody would notice")
ALONE = (
    "Cold water on my face, then the dog",
    "The playlist from the summer",
    "Shower, clean clothes, outside",
)
AROUND = ("The bench by the river", "Coffee at Mel's, even without talking", "Choir on Wednesday")
PEOPLE = ("My sister 212-555-0142", "Pat from group 212-555-0186", "Uncle Ray 518-555-0117")
REASONS = ("My girl's graduation in June", "The garden", "To see how it goes on")
TRIGGERS = ("Payday", "Arguments about money", "Sundays alone", "The corner store on 5th")
EARLY = ("I skip breakfast", "I say I'm fine", "I leave group right at the end", "I clean at night")
TASKS = (
    ("transport", "Bus pass for next month", ("Ask the county", "Pick it up")),
    ("housing", "Room at Elm House", ("Fill in the application together", "Call on Thursday")),
    ("benefits", "Renew SNAP", ("Gather the pay slips", "File it online together")),
    ("childcare", "Sitter for Tuesday evenings", ("Ask the church", "Settle the first day")),
    ("legal", "Letter for the court date", ("Ask for the paper with the date on it",)),
    ("vocational", "Talk to the school about evening classes", ("Find out which hours fit",)),
)


def arrange(cast: Cast) -> None:
    """Of those in care: the one whose account the demo shows first."""
    dice = random.Random(1987)  # noqa: S311  # a story, not a secret
    here = [(key, life) for key, life in cast.lives.items() if life.leaves is None]
    here.sort(key=lambda one: one[1].number != SHOWN)
    for number, (patient, life) in enumerate(here[:WITH_PLANS]):
        _plans(cast, dice, patient, life, whole=number == 0 or dice.random() < 0.7)
    for number, (patient, _) in enumerate(here[:WITH_TASKS]):
        _task(cast, patient, number)
    for number, (patient, life) in enumerate(here[:4]):
        _referral(cast, patient, life, number)
    _employer(cast, *here[0])


def _plans(cast: Cast, dice: random.Random, patient: UUID, life: Life, *, whole: bool) -> None:
    by, at = cast.clinic.actors["intake"], min(clock(life.admitted + DAY, 11), cast.now)
    words = {
        "signs": dice.sample(SIGNS, 2),
        "alone": dice.sample(ALONE, 2),
        "around": dice.sample(AROUND, 1),
        "people": dice.sample(PEOPLE, 2),
        "professionals": ["My clinician at Riverbend 212-555-0100"],
        "surroundings": ["My sister keeps my pills; she gives me a week at a time"],
        "reasons": dice.sample(REASONS, 1),
    }
    save_plan(patient, "safety", NewPlan(words), by=by, at=at)
    if whole:
        relapse = {
            "triggers": dice.sample(TRIGGERS, 2),
            "early_signs": dice.sample(EARLY, 2),
            "coping": ["Drink water and eat something", "Walk to the river and call Pat"],
            "refusing": ["“No thanks, I'm driving.”"],
            "people": dice.sample(PEOPLE, 2),
            "places": ["I take Oak Street home, not 5th"],
            "lapse": [
                "Stop, get safe, pour it out",
                "Call Pat the same day",
                "Come to the next session anyway",
            ],
            "naloxone": ["Kitchen drawer; my sister knows how"] if life.focus == "opioids" else [],
        }
        save_plan(patient, "relapse", NewPlan(relapse), by=by, at=at)


def _task(cast: Cast, patient: UUID, number: int) -> None:
    """One task; a few are overdue, a few are over."""
    kind, title, steps = TASKS[number % len(TASKS)]
    by, began = cast.clinic.actors["case_manager"], cast.now - timedelta(days=5 + number % 3)
    due = began.date() + DAY * (2 + number)
    task = write_task(patient, NewTask(kind, title, due, steps=steps), by=by, at=began)
    if number % 5 == 4:
        end_task(task, outcome="arranged", by=by, at=cast.now - DAY)


def _referral(cast: Cast, patient: UUID, life: Life, number: int) -> None:
    """A referral to the family practice: one not sent, one sent, one with an appointment."""
    by, then = cast.clinic.actors["case_manager"], cast.now - timedelta(days=6)
    practice = NewRecipient("treating_provider", "Dr. Osei", "Elm Street Family Practice", "212-555-0177")
    to = enter_recipient(practice, by=by, at=then)
    new = NewReferralOut(to, "other", "Please see them for a check-up and blood tests.")
    referral = write_referral_out(patient, new, by=by, at=then)
    if number == 0:
        return
    consent = NewConsent(
        "specific",
        kinds=frozenset({"identity", "referral_out"}),
        purposes=frozenset({"treatment"}),
        recipient=to,
        expires_at=cast.now + 90 * DAY,
    )
    sign(life, patient, consent, by=cast.clinic.actors["intake"], at=then)
    send_packet(prepare_referral_out(referral, method="fax", by=by, at=then), by=by, at=then)
    if number > 1:
        visit = cast.now.date() + DAY * (number - 3)
        record_referral_step(referral, "appointment", on=visit, by=by, at=then + DAY)


def _employer(cast: Cast, patient: UUID, life: Life) -> None:
    """The employer of the one shown may be told when they were here."""
    by, at = cast.clinic.actors["intake"], max(clock(life.admitted, 12), cast.now - timedelta(days=20))
    bakery = NewRecipient("employer", "Ms. Park", "Park Bakery", "212-555-0109")
    consent = NewConsent(
        "specific",
        kinds=frozenset({"attendance"}),
        purposes=frozenset({"patient_request"}),
        recipient=enter_recipient(bakery, by=by, at=at),
        expires_at=cast.now + 90 * DAY,
    )
    sign(life, patient, consent, by=by, at=at)
