"""Ten people's attendance and notes: few clicks, and a connection that is cut in mid-sentence."""

import pytest
from django.urls import reverse

from tests.cast import PASSWORD, at
from tests.journeys.walker import PHONE
from tests.sessions_cast import admit, hold, open_group
from throughcare.faces.web.door.session_store import SessionStore
from throughcare.faces.web.door.verdict import STATE
from throughcare.records.attendance import Attendance
from throughcare.records.notes import Note, NoteDraft, SharedDraft

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NAMES = (
    "Ana Silva, Ben Okoro, Cleo Vargas, Dev Rao, Eli Stone, "
    "Fay Lund, Gus Moreno, Hal Brandt, Ida Novak, Jon Teller"
)
# One sentence each, in words of its own.
SAID = (
    "Named two triggers at work and wrote a plan for Friday.",
    "Was quiet at first, then told how the bus ride went.",
    "Taught the breathing to a newcomer without being asked.",
    "Doubted the exercise, tried it anyway and felt calmer.",
    "Laughed about an old habit and saw what it cost.",
    "Asked for help with rent, which worries her at night.",
    "Practiced saying no to an offer, three times aloud.",
    "Cried when speaking of the dog, stayed in the room.",
    "Compared last weekend with the one before: fewer urges.",
    "Set a date for calling the employer and who listens in.",
)
MOST_CLICKS = 15
# Every click, whether with mouse, finger or a key on a button.
COUNT = "addEventListener('click', (event) => { if (event.isTrusted) counted(); }, true)"


@pytest.fixture
def evening(cast, clock):
    """The ten in the evening group; it is over."""
    people = [admit(cast, *name.split()) for name in NAMES.split(", ")]
    session = hold(cast, *people, group=open_group(cast))
    clock.set(at(20, 40))
    return session, people


def signs_only_after_a_proof(walker):
    """As in a clinic, a quarter of an hour after the last proof; stories otherwise last longer."""
    cookie = next(one for one in walker.context.cookies() if one["name"] == "sessionid")
    session = SessionStore(cookie["value"])
    session[STATE] = {**session[STATE], "proof": 900}
    session.save()


def test_ten_notes_are_signed_in_fifteen_clicks_and_a_sentence_each(evening, clock, someone):
    session, people = evening
    felix = someone("felix@harbor.test")
    clicks = []
    signs_only_after_a_proof(felix)
    felix.context.expose_function("counted", lambda: clicks.append(felix.page.url))
    felix.context.add_init_script(COUNT)
    felix.go(reverse("session", args=[session]))
    felix.press("Everyone else present")
    felix.follow("Notes")
    clock.set(at(20, 50))
    felix.page.locator("textarea[name=shared-text]").click()
    felix.page.keyboard.type("We went round and practiced one skill each.")
    for person, sentence in zip(people, SAID, strict=True):
        felix.page.locator(f"textarea[name='p-{person.uid}-text']").click()
        felix.page.keyboard.type(sentence)
    felix.page.get_by_text("Draft saved").wait_for()
    clock.set(at(21))
    with felix.refused():  # one proof of who is there, for all ten
        felix.press("Save and sign 10 notes")
        felix.page.keyboard.type(PASSWORD)
        felix.press("Confirm")
    felix.look("ten-notes", "10 notes signed.")
    assert Note.objects.count() == 10
    assert len(clicks) <= MOST_CLICKS, clicks


def test_a_connection_cut_in_mid_sentence_loses_nothing_and_doubles_nothing(evening, someone):
    session, (ana, ben, *_) = evening
    felix = someone("felix@harbor.test", size=PHONE)
    felix.go(reverse("session", args=[session]))
    felix.context.set_offline(True)
    felix.page.locator(f"#tap-{ana.uid}-1").click()
    felix.page.locator(f"#tap-{ben.uid}-2").click()
    felix.page.get_by_text("Ana Silva, Present; Ben Okoro, Late").wait_for()
    assert Attendance.objects.count() == 0
    with felix.page.expect_navigation():
        felix.context.set_offline(False)
    felix.look("kept-taps", "2 of 10 taken")
    assert dict(Attendance.objects.values_list("patient_id", "status")) == {
        ana.key: "present",
        ben.key: "late",
    }

    felix.follow("Notes")
    own = felix.page.locator(f"textarea[name='p-{ana.uid}-text']")
    own.click()
    felix.page.keyboard.type("Named two triggers")
    felix.page.get_by_text("Draft saved").wait_for()
    felix.context.set_offline(True)
    felix.page.keyboard.type(" and a plan")
    felix.page.get_by_text("No connection. Your words are still here").wait_for()
    felix.page.locator("button[value=sign]").click()
    assert own.input_value() == "Named two triggers and a plan", "the page stays without a connection"
    own.click()
    felix.page.keyboard.press("End")
    felix.page.keyboard.type(" for each.")
    felix.context.set_offline(False)
    felix.page.get_by_text("Draft saved").wait_for()
    other = someone("carla@harbor.test")
    other.go(reverse("session_notes", args=[session]))
    assert NoteDraft.objects.get().text == "Named two triggers and a plan for each."
    assert SharedDraft.objects.count() == 0
    found = other.page.locator(f"textarea[name='p-{ana.uid}-text']").input_value()
    assert found == own.input_value() == "Named two triggers and a plan for each."
