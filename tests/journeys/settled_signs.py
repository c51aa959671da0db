"""What the watch has noticed of a person: an item 9 without a screener, and an event in their life."""

from datetime import datetime, timedelta
from uuid import UUID

from tests.cast import Cast
from throughcare.pathway.measure.measure import record_measure
from throughcare.pathway.warning_sign.due_looks import watch_people
from throughcare.pathway.warning_sign.life_events import record_life_event
from throughcare.records.signs import WarningSign


def what_is_noticed(cast: Cast, patient: UUID, *, now: datetime) -> dict[str, object]:
    """Item 9 was above 0 the day before yesterday; the lease ends."""
    asked = now - timedelta(days=2)
    record_measure(patient, "phq-9", (1,) * 8 + (1,), mode="self", by=cast.clinician, at=asked)
    event = record_life_event(
        patient, kind="housing", words="The lease ends.", by=cast.case_manager, at=now - timedelta(hours=1)
    )
    watch_people(at=now)
    sign = WarningSign.objects.get(patient__uid=patient, code="life_event", ended_at__isnull=True)
    return {"sign": sign.thread, "act": "called", "event": event}
