"""Tests and rewards of each person of the fixture: one found, one waiting, the draw, a reading at the door."""

from datetime import datetime, timedelta
from decimal import Decimal

from throughcare.faces.cli.review.lives import Life
from throughcare.pathway.drug_test.at_the_door import record_breath
from throughcare.pathway.drug_test.collecting import NewSpecimen, Told, record_specimen
from throughcare.pathway.drug_test.drawing import enter_draw
from throughcare.pathway.drug_test.ordering import order_test
from throughcare.pathway.drug_test.results import NewResult, record_result
from throughcare.pathway.reward.planning import begin_rewards


def take_and_reward(life: Life, *, now: datetime) -> None:
    """What is written of one person's tests; each word of it is a marker."""
    actors = life.place.actors
    by, word = actors["director" if "director" in actors else "other_org_director"], life.word
    enter_draw(life.patient, by=by, at=now)
    begin_rewards(life.patient, "prize-bowl", by=by, at=now)
    order = order_test(
        life.patient, why="cause", on=now.date(), words=word("drug_test", "why"), by=by, at=now
    )
    told = (Told(word("drug_test", "told")),)
    new = NewSpecimen(
        now, disclosed=told, also_takes=(word("drug_test", "takes"),), words=word("drug_test", "words")
    )
    specimen = record_specimen(order, new, by=by, at=now)
    found = NewResult({"fentanyl": False}, False, now, creatinine=90.0, specific_gravity=1.015, ph=6.0)
    record_result(specimen, found, by=by, at=now)
    day = now.date() + timedelta(days=3)
    order_test(life.patient, why="planned", on=day, by=by, at=now + timedelta(minutes=1))
    record_breath(
        life.patient, Decimal("0.02"), waited_minutes=20, words=word("drug_test", "door"), by=by, at=now
    )
