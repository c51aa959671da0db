"""Item 9 on a phone, to the minute: the screener at once, a person called, a plan, and what nobody asked is red."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import MONDAY, at
from tests.faces.web.questionnaires.conftest import enter_screener
from tests.journeys.walker import PHONE
from tests.sessions_cast import admit
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.measure.asking import ask_now
from throughcare.records.crises import Crisis
from throughcare.records.measures import MeasureResponse

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MORE_THAN_HALF = "More than half the days"


@pytest.fixture
def dev(cast, clock):
    """Dev and Eve, each with the mood questions waiting; the clinic entered its copy of the screener."""
    enter_screener(cast)
    people = [admit(cast, "Dev", "Rao"), admit(cast, "Eve", "Marsh")]
    for person, email in zip(people, ("dev@mail.test", "eve@mail.test"), strict=True):
        invite_patient(person.uid, email=email, by=cast.clinician, at=at(9))
        ask_now(person.uid, "phq-9", by=cast.clinician, at=at(9))
    clock.set(at(18, 8))
    return people[0], people[1]


def answer(walker, *answers):
    for said in answers:
        walker.press(said, within="main")


def test_item_nine_is_asked_on_called_planned_and_never_lost(cast, dev, someone, clock):
    dev, eve = dev
    phone = someone("dev@mail.test", size=PHONE)
    phone.go(reverse("my_daily"))
    phone.look("what waits", "Your mood", "How is today?", "Nobody watches this live")
    phone.follow("Your mood")
    phone.examine("one question")
    answer(phone, *[MORE_THAN_HALF] * 8)
    clock.set(at(18, 10))
    answer(phone, "Several days", "Skip this question")
    phone.look(
        "what happens now", "Thank you for telling us", "Call 988", "A few more questions come right now"
    )
    phone.follow("Go on with a few more questions")
    answer(phone, "Yes", "Yes", "Yes", "No", "No", "No")
    phone.look("somebody is called", "Someone reaches you within 2 hours", "988")

    kept = {row.code: row for row in MeasureResponse.objects.all()}
    assert (kept["phq-9"].total, kept["phq-9"].critical) == (17, [9])
    assert kept["c-ssrs-screener"].band == "moderate"
    assert [row.priority for row in Crisis.objects.all()] == ["P2"]
    for row in kept.values():
        assert at(18, 10) <= row.taken_at < at(18, 12)

    clock.set(at(18, 50))
    carla = someone("carla@harbor.test")
    carla.go(reverse("crisis_desk"))
    carla.reads("Dev Rao")
    carla.go(reverse("write_own_plan", args=[dev.uid, "safety"]))
    carla.page.locator("textarea").first.fill("I stop answering my sister")
    carla.press("Save")
    carla.reads("I stop answering my sister")

    clock.set(at(19, 5))
    crisis = Crisis.objects.get()
    carla.go(reverse("crisis", args=[crisis.uid]))
    carla.reads("A suicide screener shows moderate risk")
    carla.go(reverse("tier", args=[dev.uid]))
    carla.look("the tier", "Moderate since Mar 2, 2026, 6:1", "Ask again by Monday, March 16")

    # Eve stops before the screener: at midnight it is red.
    other = someone("eve@mail.test", size=PHONE)
    other.go(reverse("my_daily"))
    other.follow("Your mood")
    answer(other, *["Not at all"] * 8, "Several days", "Skip this question")
    clock.set(at(0, 5, day=MONDAY + timedelta(days=1)))
    late = someone("carla@harbor.test")
    late.go(reverse("measures", args=[eve.uid]))
    late.look("midnight has passed", "Suicide risk tool overdue", "the screener was due that day")
