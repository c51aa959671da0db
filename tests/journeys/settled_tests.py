"""What tests there are: one found that nobody expected, one that waits for its result, the draw, the door, rewards."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from tests.cast import Cast
from throughcare.pathway.drug_test.asking import draw_and_ask
from throughcare.pathway.drug_test.at_the_door import record_breath
from throughcare.pathway.drug_test.collecting import NewSpecimen, Told, record_specimen
from throughcare.pathway.drug_test.drawing import enter_draw
from throughcare.pathway.drug_test.ordering import order_test
from throughcare.pathway.drug_test.results import NewResult, record_result
from throughcare.pathway.reward.planning import begin_rewards
from throughcare.records.rewards import Reward
from throughcare.records.tests import DrawPeriod


def what_is_tested(cast: Cast, patient: UUID, *, now: datetime) -> dict[str, object]:
    """A person in the draw who earns by the prize bowl, with tests in several states."""
    by = cast.nurse
    enter_draw(patient, by=by, at=now)
    draw_and_ask(at=now)
    begin_rewards(patient, "prize-bowl", targets=("benzoylecgonine",), by=by, at=now)
    first = order_test(patient, why="cause", on=now.date(), words="Very sleepy today", by=by, at=now)
    new = NewSpecimen(now, temperature_f=Decimal("96.4"), seal="S-1", disclosed=(Told("weed"),))
    found = {"fentanyl": True, "benzoylecgonine": False, "cannabinoids": True}
    record_result(
        record_specimen(first, new, by=by, at=now),
        NewResult(found, False, now, creatinine=90.0),
        by=by,
        at=now,
    )
    waits = order_test(patient, why="planned", on=now.date(), by=by, at=now)
    record_specimen(waits, NewSpecimen(now), by=by, at=now)
    order_test(patient, why="planned", on=now.date() + timedelta(days=2), by=by, at=now)
    breath = record_breath(patient, Decimal("0.03"), waited_minutes=15, by=by, at=now)
    # A period that is over, so that its proof is a page.
    period = DrawPeriod.objects.order_by("first_day").first()
    assert period is not None
    period.revealed_at = now
    period.save(update_fields=["revealed_at"])
    return {
        "order": waits,
        "breath": breath.uid,
        "reward": Reward.objects.get().uid,
        "first_day": period.first_day.isoformat(),
    }
