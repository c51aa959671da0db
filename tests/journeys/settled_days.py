"""What a person says from day to day: a day said, one set of questions waiting and one answered, a link."""

from datetime import datetime, timedelta
from uuid import UUID

from tests.cast import Cast
from throughcare.knowledge.daily import Day
from throughcare.pathway.daily_check_in.daily_check_in import say_day
from throughcare.pathway.measure.asking import ask_now
from throughcare.pathway.measure.measure import record_measure
from throughcare.pathway.measure.measure_links import make_link
from throughcare.records.measures import MeasureRequest


def what_is_said_of_days(cast: Cast, patient: UUID, *, now: datetime) -> dict[str, object]:
    """Yesterday was a hard day; GAD-7 waits, and the tool for suicide risk was answered."""
    day = Day(mood=3, craving=8, sleep=4, use="yes", used=("alcohol",), words="I drank at my cousin's.")
    say_day(patient, day, way="page", by=cast.clinician, at=now - timedelta(days=1))
    for code in ("gad-7", "use-and-craving"):
        ask_now(patient, code, by=cast.clinician, at=now - timedelta(hours=2))
    record_measure(
        patient, "use-and-craving", (1, 4), mode="self", by=cast.clinician, at=now - timedelta(hours=1)
    )
    waiting = MeasureRequest.objects.get(patient__uid=patient, code="gad-7").uid
    answered = MeasureRequest.objects.get(patient__uid=patient, code="use-and-craving").uid
    token = make_link(patient, by=cast.clinician, at=now)
    done = ("my_questionnaire_done", "questions_done")
    links = ("questions", "questions_of", "questions_one", "questions_done")
    return {
        "asked": waiting,
        **{f"{route}.asked": answered for route in done},
        **{f"{route}.token": token for route in links},
        "my_question.name": "1",
        "questions_one.name": "1",
        "aloud_question.name": "1",
        "wording.code": "c-ssrs-screener",
    }
