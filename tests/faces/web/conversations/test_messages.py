"""A person writes to the care team: by when they hear, who is there, and a human at once when the words worry."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import MONDAY, at
from tests.crisis_cast import paged, put_on_call
from tests.sessions_cast import admit
from throughcare.knowledge.outward_words import tells_too_much
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.conversation.answering import answer, hand_over
from throughcare.pathway.conversation.asking import ask
from throughcare.pathway.conversation.inbox import (
    Waiting,
    how_many_messages_wait,
    thread_of,
    waiting_conversations,
)
from throughcare.pathway.conversation.late import tell_of_late_messages
from throughcare.pathway.conversation.near import ask_near
from throughcare.pathway.conversation.own_views import my_conversations
from throughcare.pathway.privacy.consent_ending import revoke_consent
from throughcare.records.conversations import Conversation, ConversationWords
from throughcare.records.crises import Crisis
from throughcare.records.disclosures import Disclosure
from throughcare.records.messages import Message

pytestmark = pytest.mark.django_db
MINE, INBOX = "/my/messages", "/conversations/"


def write(browser, url, words, about="", once=None):
    return browser.post(url, {"about": about, "words": words, "once": once or str(uuid4())})


def read(response):
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def test_a_question_at_night_is_promised_answered_and_read(dev):
    put_on_call(dev.cast)
    page = read(dev.phone.get(MINE))
    assert "Your team is not at work now" in page and "Tuesday, March 3, 8:00 AM" in page
    assert "Wednesday, March 4, 8:00 AM" in page and "Carla is on call now" in page and "988" in page
    assert write(dev.phone, MINE, "  ").status_code == 422
    once = str(uuid4())
    thread = write(dev.phone, MINE, "May I bring <b>my son</b>?", "Tuesday", once).url
    assert write(dev.phone, MINE, "May I bring <b>my son</b>?", "Tuesday", once).url == thread
    assert ConversationWords.objects.count() == 1
    assert "my son&lt;/b&gt;" in read(dev.phone.get(thread))

    carla = dev.staff(dev.cast.clinician)
    inbox = read(carla.get(INBOX + "?show=all"))
    assert "Tuesday" in inbox and "Wed, Mar 4, 8:00 AM" in inbox and "New" in inbox
    row = Conversation.objects.get()
    one = reverse("conversation", args=[row.uid])
    assert carla.post(one, {"words": "Yes, please do.", "once": str(uuid4())}).url == one
    assert "Nothing waits here" in read(carla.get(INBOX + "?show=all"))
    assert "not read yet" in read(carla.get(one))
    told = Message.objects.get()
    assert told.patient_id == dev.key and not tells_too_much(told.subject + told.words)

    assert "One new message" in read(dev.phone.get(MINE))
    page = read(dev.phone.get(thread))
    assert "Yes, please do." in page and "Carla Reyes" in page
    assert "One new message" not in read(dev.phone.get(MINE))
    assert Crisis.objects.count() == 0


def test_words_of_a_crisis_page_a_human_once_and_say_so(dev):
    put_on_call(dev.cast)
    once = str(uuid4())
    thread = write(dev.phone, MINE, "I do not want to live any more", "", once).url
    write(dev.phone, MINE, "I do not want to live any more", "", once)
    crisis = Crisis.objects.get()
    assert (crisis.priority, crisis.source, crisis.patient_id) == ("P2", "message", dev.key)
    assert paged(crisis.uid) == [("Carla", "primary")]
    page = read(dev.phone.get(thread))
    assert "within 30 minutes" in page and "911" in page and reverse("my_help") in page
    inbox = read(dev.staff(dev.cast.clinician).get(INBOX + "?show=all"))
    assert "May speak of danger" in inbox
    write(dev.phone, thread, "I do not want to live any more")
    assert Crisis.objects.count() == 2, "said again, a human is called again"


def test_late_ones_are_counted_and_change_hands(dev):
    row = ask(dev.patient, "When is my group?", by=_own(dev), at=at(9))
    soon, late = at(17), at(9, 1, day=MONDAY + timedelta(days=1))
    assert how_many_messages_wait(by=dev.cast.clinician, at=soon) == Waiting(mine=0, nobodys=1, late=0)
    assert how_many_messages_wait(by=dev.cast.clinician, at=late).late == 1
    assert tell_of_late_messages(at=soon) == "0 told"
    assert [tell_of_late_messages(at=late) for _ in range(2)] == ["1 told", "1 told"]
    assert [one.account_id for one in Message.objects.all()] == [dev.cast.director.account], "told once"
    hand_over(row, by=dev.cast.nurse, at=soon)
    assert how_many_messages_wait(by=dev.cast.nurse, at=late) == Waiting(mine=1, nobodys=0, late=1)
    biller = dev.cast.biller
    with pytest.raises(Cannot, match="Choose somebody"):
        hand_over(row, owner=biller.account_uid, by=dev.cast.nurse, at=soon)
    with pytest.raises(Cannot, match="may not see"):
        thread_of(row, by=biller, at=soon)
    with pytest.raises(Absent):
        answer(row, "Said by nobody of the team", by=_own(dev), at=soon)
    nia = dev.staff(dev.cast.nurse)
    nia.post(reverse("settle_conversation", args=[row]), {"once": str(uuid4())})
    assert how_many_messages_wait(by=dev.cast.nurse, at=late).late == 0
    wrote = nia.post(
        reverse("write_to_patient", args=[dev.patient]), {"words": "Your group moved.", "once": str(uuid4())}
    )
    assert "Your group moved." in read(nia.get(wrote.url))
    assert "Your group moved." in read(nia.get(reverse("patient_messages", args=[dev.patient])))
    assert "Your group moved." in read(dev.phone.get(MINE))


def test_the_inbox_costs_as_many_queries_with_many_messages_as_with_one(dev, django_assert_max_num_queries):
    own, others = _own(dev), [admit(dev.cast, f"No{number}", "Body").uid for number in range(4)]
    ask(dev.patient, "One", by=own, at=at(9))
    with django_assert_max_num_queries(30) as one:
        waiting_conversations(by=dev.cast.clinician, at=at(10))
    for patient in (dev.patient, *others):
        ask(patient, "More", by=dev.cast.program, at=at(9))
    with django_assert_max_num_queries(len(one)):
        assert len(waiting_conversations(by=dev.cast.clinician, at=at(10))) == 6


def _own(dev):
    from throughcare.pathway.accounts import actor_for
    from throughcare.records.consents import PatientAccount

    return actor_for(PatientAccount.objects.get(patient=dev.key).account_id)


def test_somebody_near_writes_hears_what_the_patient_allows_and_no_more(dev, rosa):
    url = reverse("family_messages", args=[dev.patient])
    thread = write(rosa.browser, url, "Has he come this week?", "This week").url
    assert "Has he come" not in read(dev.phone.get(MINE)), "between her and the team alone"
    row = Conversation.objects.get()
    carla = dev.staff(dev.cast.clinician)
    page = read(carla.get(reverse("conversation", args=[row.uid])))
    assert "Not the patient" in page and "attendance" in page
    with pytest.raises(Cannot, match="doesn't let them"):
        answer(row.uid, "His plan says …", tells=["care_plan"], by=dev.cast.clinician, at=at(18, 20))
    answer(row.uid, "Yes, on both days.", tells=["attendance"], by=dev.cast.clinician, at=at(18, 20))
    shown = Disclosure.objects.latest("pk")
    assert shown.related_person.uid == rosa.person and shown.patient_id == dev.key
    assert "Yes, on both days." in read(rosa.browser.get(thread))

    revoke_consent(rosa.consent, how="oral", by=dev.cast.clinician, at=at(18, 10))
    assert rosa.browser.get(thread).status_code == 404, "the open page asks again and finds nothing"
    with pytest.raises(Absent):
        ask_near(dev.patient, "And now?", by=rosa.actor, at=at(18, 11))
    with pytest.raises(Cannot, match="No consent"):
        answer(row.uid, "No.", by=dev.cast.clinician, at=at(18, 11))


def test_nobody_meets_anothers_conversation(dev, rosa):
    other = ask(dev.patient, "Mine alone", by=_own(dev), at=at(9))
    assert rosa.browser.get(reverse("family_message", args=[dev.patient, other])).status_code == 404
    hers = ask_near(dev.patient, "Hers alone", by=rosa.actor, at=at(9))
    assert dev.phone.get(reverse("my_message", args=[hers])).status_code == 404
    assert dev.phone.get(reverse("conversation", args=[hers])).status_code == 403
    assert [one.begins for one in my_conversations(by=_own(dev), at=at(10)).rows] == ["Mine alone"]
