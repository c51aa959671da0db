"""The schedule asks ahead and tells once, in neutral words, by a way that is safe."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY, at
from tests.sessions_cast import admit
from throughcare.pathway.measure.asking import ask_what_is_due
from throughcare.pathway.measure.measure import record_measure
from throughcare.pathway.measure.measure_links import open_link
from throughcare.pathway.privacy.reaching import ask_for_safe_ways
from throughcare.records.measures import MeasureRequest
from throughcare.records.messages import Message
from throughcare.records.people import Patient

pytestmark = pytest.mark.django_db
ADMITTED = at(9)
DAY = timedelta(days=1)


def run(day, hour=9):
    return ask_what_is_due(at=at(hour, day=day), address=lambda token: f"https://harbor.test/q/{token}")


@pytest.fixture
def dev(cast):
    person = admit(cast, "Dev", "Rao", admitted_at=ADMITTED)
    Patient.objects.filter(pk=person.key).update(email="dev@mail.test", phone="+12125550134")
    return person


def test_it_asks_three_days_ahead_and_tells_once(cast, dev):
    assert run(MONDAY + 3 * DAY) == "nothing due"
    assert run(MONDAY + 4 * DAY) == "3 asked, 1 told"
    assert run(MONDAY + 4 * DAY, 15) == run(MONDAY + 6 * DAY) == "nothing due"
    assert {row.code for row in MeasureRequest.objects.all()} == {"phq-9", "gad-7", "use-and-craving"}
    told = Message.objects.get()
    assert "Dev" not in told.words and told.subject == "A few questions wait for you"
    token = told.words.rpartition("/")[2]
    visit = open_link(token, at=at(20, day=MONDAY + 4 * DAY))
    assert [one.title for one in visit.waiting] == [
        "This week: use and craving",
        "Worry and nerves",
        "Your mood",
    ]


def test_what_is_answered_is_asked_again_a_week_later(cast, dev):
    run(MONDAY + 4 * DAY)
    record_measure(
        dev.uid, "gad-7", (1,) * 7, mode="clinician", by=cast.clinician, at=at(10, day=MONDAY + 5 * DAY)
    )
    assert MeasureRequest.objects.get(code="gad-7").response
    run(MONDAY + 11 * DAY)
    assert MeasureRequest.objects.filter(code="gad-7").count() == 2


def test_a_way_that_is_not_safe_is_not_taken(cast, dev):
    ask_for_safe_ways(dev.uid, ["email", "text"], by=cast.clinician, at=at(9))
    assert run(MONDAY + 4 * DAY) == "3 asked, 0 told"
    assert not Message.objects.exists()


def test_more_people_cost_no_more_reading(cast, dev, django_assert_max_num_queries):
    for name in ("Eve", "Hal", "Ivy"):
        admit(cast, name, admitted_at=ADMITTED)
    with django_assert_max_num_queries(45):
        run(MONDAY + 4 * DAY)
    assert MeasureRequest.objects.count() == 12
