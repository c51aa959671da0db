"""Tests in the story: who is in the draw, weeks of drawn days, what was found, and rewards for some."""

import random
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from throughcare.faces.cli.story.beginnings import clock
from throughcare.faces.cli.story.consents import SHOWN
from throughcare.faces.cli.story.days import Cast
from throughcare.pathway.actor import Actor
from throughcare.pathway.drug_test.asking import draw_and_ask
from throughcare.pathway.drug_test.collecting import NewSpecimen, Told, record_not_given, record_specimen
from throughcare.pathway.drug_test.drawing import enter_draw
from throughcare.pathway.drug_test.results import NewResult, record_result
from throughcare.pathway.drug_test.views import TestView, tests_due
from throughcare.pathway.message.outbox import stop_messages
from throughcare.pathway.reward.planning import begin_rewards

# How many are in the draw, how many earn, and for how many days: the story must fit in its time.
DRAWN, EARNING, DAYS = 8, 3, 24
SUBSTANCES = {"opioids": "fentanyl", "alcohol": "etg"}


def take_tests(cast: Cast) -> None:
    """Some people in care were drawn for a few weeks; most of what was found is as expected."""
    here = [(key, life) for key, life in cast.lives.items() if life.leaves is None]
    here.sort(key=lambda one: (one[1].number != SHOWN, -one[1].admitted.toordinal()))
    dice = random.Random(2031)  # noqa: S311  # a story, not a secret
    by, today = cast.clinic.actors["nurse"], cast.now.date()
    starts = {key: max(life.admitted, today - timedelta(days=DAYS)) for key, life in here[:DRAWN]}
    focus = {key: life.focus for key, life in here[:DRAWN]}
    for back in range(DAYS, -1, -1):
        day = today - timedelta(days=back)
        for number, (patient, start) in enumerate(starts.items()):
            if start == day:
                _enter(patient, number, by=by, at=min(clock(day, 10), cast.now))
        if clock(day, 7) > cast.now:
            break
        draw_and_ask(at=clock(day, 7))
        if day.weekday() < 5 and day < today:
            _collect(dice, focus, by=by, at=clock(day, 15))


def _enter(patient: UUID, number: int, *, by: Actor, at: datetime) -> None:
    enter_draw(patient, by=by, at=at)
    if number < EARNING:
        begin_rewards(patient, ("prize-bowl", "california", "voucher")[number % 3], by=by, at=at)


def _collect(dice: random.Random, focus: dict[UUID, str], *, by: Actor, at: datetime) -> None:
    """Everyone who is asked comes, but for a few."""
    due = [one for one in tests_due(by=by, at=at) if one.status == "test_due"]
    stop_messages([f"today|{one.uid}" for one in due], organization=by.organization, at=at)
    for one in due:
        if dice.random() < 0.08:
            record_not_given(one.uid, "excused", words="In court that day.", by=by, at=at)
            continue
        told = (Told("cannabis", at.date() - timedelta(days=1)),) if dice.random() < 0.15 else ()
        new = NewSpecimen(at, temperature_f=Decimal("96.2"), temperature_minutes=2, disclosed=told)
        specimen = record_specimen(one.uid, new, by=by, at=at)
        record_result(specimen, _found(dice, one, focus, told=bool(told), at=at), by=by, at=at)


def _found(
    dice: random.Random, one: TestView, focus: dict[UUID, str], *, told: bool, at: datetime
) -> NewResult:
    found = dict.fromkeys(one.codes, False)
    if told:
        found["cannabinoids"] = True
    if dice.random() < 0.12:
        found[SUBSTANCES.get(focus.get(one.patient, ""), "benzoylecgonine")] = True
    return NewResult(found, False, at, creatinine=85.0, specific_gravity=1.014, ph=6.1)
