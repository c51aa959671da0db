"""Dev writes to his team from his phone: a small question, then words that worry; who answers, and what he reads."""

import pytest
from django.urls import reverse

from tests.cast import at
from tests.crisis_cast import put_on_call
from tests.journeys.walker import PHONE
from tests.sessions_cast import admit
from throughcare.pathway.family.invitations import invite_patient
from throughcare.records.crises import Crisis

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_question_waits_its_turn_and_words_of_danger_do_not(cast, someone, clock):
    person = admit(cast, "Dev", "Rao")
    invite_patient(person.uid, email="dev@mail.test", by=cast.clinician, at=at(9))
    put_on_call(cast)
    clock.set(at(18, 10))
    phone = someone("dev@mail.test", size=PHONE)
    he_asks_a_small_thing(phone)
    his_words_worry_us(phone)
    clock.set(at(18, 25))
    carla = someone("carla@harbor.test")
    she_sees_what_comes_first_and_answers(carla)
    he_reads_it(phone)


def he_asks_a_small_thing(phone):
    phone.go(reverse("my_messages"))
    phone.look("messages", "Your team is not at work now.", "Carla is on call now", "988")
    phone.fill("What is it about?", "Tuesday")
    phone.fill("Your message", "May I bring my son?")
    phone.press("Send")
    phone.look("message-sent", "May I bring my son?", "You get an answer by Wednesday, March 4, 8:00 AM.")
    assert not Crisis.objects.exists()


def his_words_worry_us(phone):
    phone.follow("All your messages")
    phone.fill("Your message", "I do not want to live any more")
    phone.press("Send")
    phone.look("message-danger", "Are you safe right now?", "They read this within 30 minutes.", "call 911")
    assert Crisis.objects.get().source == "message"


def she_sees_what_comes_first_and_answers(carla):
    carla.go(f"{reverse('conversations')}?show=all")
    carla.look("inbox", "Waits since", "minutes", "The team’s")
    lines = carla.page.locator("tbody tr").all_inner_texts()
    assert ["May speak of danger" in line for line in lines] == [True, False], lines
    carla.follow("I do not want to live any more")
    carla.look("inbox-danger", "Whose: the team’s", "May speak of danger")
    carla.press("I answer this")
    carla.fill("Your answer", "I am calling you now. Please pick up.")
    carla.press("Send")
    carla.look("inbox-answered", "Whose: Carla Reyes", "Nothing waits")
    carla.go(reverse("conversations"))
    carla.look("inbox-after", "Tuesday")


def he_reads_it(phone):
    phone.go(reverse("my_messages"))
    phone.look("messages-answered", "One new message")
    phone.follow("I do not want to live any more")
    phone.look("message-answer", "I am calling you now. Please pick up.", "Carla Reyes", "New")
