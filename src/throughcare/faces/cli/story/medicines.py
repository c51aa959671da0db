"""What people in the story take: lists, a few doses told, injections coming due, naloxone, and what isn't done yet."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from throughcare.faces.cli.story.beginnings import clock
from throughcare.faces.cli.story.consents import SHOWN
from throughcare.faces.cli.story.days import Cast
from throughcare.faces.cli.story.lives import Life
from throughcare.pathway.actor import Actor
from throughcare.pathway.medication.changing import MedicationWords, start_medication
from throughcare.pathway.medication.chart import medications_of
from throughcare.pathway.medication.checking import (
    answer_interaction,
    record_allergy,
    record_naloxone,
    record_pdmp_check,
)
from throughcare.pathway.medication.doses import DoseWords, record_dose, record_fill
from throughcare.pathway.medication.reconciling import Decision, reconcile

# How many of those in care have a list: the story must fit in its time.
WITH_A_LIST, TELLING = 24, 4
DAYS_TOLD = 8
DOCTORS = ("Dr. Vale", "Dr. Osei", "Riverside Family Practice")
BY_FOCUS = {
    "opioids": (
        MedicationWords(
            "Buprenorphine injection, monthly", "300 mg", "injection", "every_4_weeks", "prescriber"
        ),
        MedicationWords("Suboxone", "8/2 mg twice", "tongue", "daily", "bottle"),
        MedicationWords("Methadone", "80 mg", "mouth", "daily", "otp", prescriber="River Street OTP"),
    ),
    "alcohol": (
        MedicationWords("Vivitrol", "380 mg", "injection", "every_4_weeks", "prescriber"),
        MedicationWords("Acamprosate", "666 mg", "mouth", "three_daily", "bottle"),
    ),
}
BESIDE = (
    MedicationWords("Sertraline", "50 mg", "mouth", "daily", "bottle"),
    MedicationWords("Trazodone", "50 mg", "mouth", "bedtime", "person"),
    MedicationWords("Escitalopram", "10 mg", "mouth", "daily", "pharmacy"),
)


def write_down_medications(cast: Cast) -> None:
    """The lists of some people in care, the one whose account the demo shows first."""
    here = [(key, life) for key, life in cast.lives.items() if life.leaves is None]
    here.sort(key=lambda one: one[1].number != SHOWN)
    dice = random.Random(2030)  # noqa: S311  # a story, not a secret
    for number, (patient, life) in enumerate(here):
        if number < WITH_A_LIST:
            _list_of(cast, dice, patient, life, number)
        else:
            _nothing_open(cast, patient, life, number)


def _nothing_open(cast: Cast, patient: UUID, life: Life, number: int) -> None:
    """Somebody who takes nothing: asked a short while ago, the monitoring program too, and naloxone given."""
    by, day = cast.clinic.actors["nurse"], max(life.admitted, cast.now.date() - timedelta(days=20))
    at = min(clock(day, 15), cast.now)
    if number % 6:
        reconcile(patient, [], occasion="intake", key=uuid5(patient, "intake"), by=by, at=at)
    record_pdmp_check(patient, checked=day, finding="nothing", by=by, at=at)
    if life.focus == "opioids":
        _naloxone(patient, at, by)


def _naloxone(patient: UUID, at: datetime, by: Actor) -> None:
    until = at.date() + timedelta(days=500)
    for whom in ("person", "family"):
        for step, expires in (("given", until), ("shown", None)):
            record_naloxone(patient, whom=whom, step=step, happened=at.date(), expires=expires, by=by, at=at)


def _list_of(cast: Cast, dice: random.Random, patient: UUID, life: Life, number: int) -> None:
    by, today = cast.clinic.actors["nurse"], cast.now.date()
    began = max(life.admitted, today - timedelta(days=40))
    at = min(clock(max(life.admitted, today - timedelta(days=24)), 11), cast.now)
    threads = []
    for new in _takes(dice, life):
        doctor = new.prescriber or dice.choice(DOCTORS)
        words = MedicationWords(**{**vars(new), "prescriber": doctor, "began_date": began})
        thread = start_medication(patient, words, key=uuid5(patient, new.name), by=by, at=at)
        threads.append((thread, words))
    if number % 3:
        record_allergy(patient, substance="Penicillin" if number % 3 == 1 else "", by=by, at=at)
    if number % 5 != 4:
        lines = [Decision(thread, 1, "continue", words.source) for thread, words in threads]
        reconcile(patient, lines, occasion="intake", key=uuid5(patient, "intake"), by=by, at=at)
        record_pdmp_check(patient, checked=at.date(), finding="expected", by=by, at=at)
    _supplies(cast, patient, threads, number, began)
    if number < TELLING:
        _days(cast, dice, threads, began)
        for one in medications_of(patient, by=by, at=cast.now).unanswered[:1]:
            answer_interaction(
                patient, one.found.subject, words="Talked through; naloxone given.", by=by, at=cast.now
            )
    if life.focus == "opioids" and number % 3:
        _naloxone(patient, at, by)


def _takes(dice: random.Random, life: Life) -> Iterator[MedicationWords]:
    own = BY_FOCUS.get(life.focus, ())
    if own:
        yield dice.choice(own)
    if not own or dice.random() < 0.5:
        yield dice.choice(BESIDE)


def _supplies(
    cast: Cast, patient: UUID, threads: list[tuple[UUID, MedicationWords]], number: int, began: date
) -> None:
    """Injections given four weeks ago or lately, and fills of which some run out in these days."""
    by, today = cast.clinic.actors["nurse"], cast.now.date()
    for thread, words in threads:
        day = max(began, today - timedelta(days=25 + number % 6 if words.route == "injection" else 26))
        at = min(clock(day, 14), cast.now)
        if words.route == "injection":
            given = DoseWords("taken", seen=True, body_site="buttock_left", lot=f"L{4100 + number}")
            record_dose(thread, given, day=day, by=by, at=at)
        elif number % 2 == 0:
            record_fill(thread, filled=day, days_supply=30, source="pharmacy", by=by, at=at)


def _days(cast: Cast, dice: random.Random, threads: list[tuple[UUID, MedicationWords]], began: date) -> None:
    """What was told of the last days; yesterday and today are left to be told."""
    by, today = cast.clinic.actors["nurse"], cast.now.date()
    for thread, words in threads:
        for back in range(2, DAYS_TOLD):
            day = today - timedelta(days=back)
            if words.route != "injection" and day >= began:
                missed = dice.random() < 0.2
                told = DoseWords("missed", "forgot") if missed else DoseWords("taken")
                record_dose(thread, told, day=day, by=by, at=min(clock(day, 20), cast.now))
