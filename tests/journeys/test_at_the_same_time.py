"""Two people at one note, and one person who presses twice: nothing is lost, nothing is doubled."""

import pytest
from django.urls import reverse

from tests.cast import at
from tests.journeys.walker import PHONE
from tests.sessions_cast import admit, hold, open_group
from throughcare.records.notes import Note, NoteDraft, SharedDraft
from throughcare.records.referrals import Referral

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

CARLAS, FELIX_S = "The group named early signs.", "We practiced urge surfing."
CARLAS_OWN, FELIX_S_OWN = "Spoke first today, about her sister.", "Named two triggers and a plan for each."


@pytest.fixture
def evening(cast, clock):
    """Ana and Ben in the evening group; afterwards."""
    people = [admit(cast, "Ana", "Silva"), admit(cast, "Ben", "Okoro")]
    session = hold(cast, *people, group=open_group(cast))
    clock.set(at(20, 40))
    return session, people


def test_the_second_at_a_note_is_shown_the_words_of_the_first(evening, someone):
    session, (ana, ben) = evening
    felix, carla = someone("felix@harbor.test"), someone("carla@harbor.test")
    felix.go(reverse("session", args=[session]))
    felix.press("Everyone else present")
    for walker in (felix, carla):
        walker.go(reverse("session_notes", args=[session]))
    carla.fill("What the group did", CARLAS)
    carla.fill("How Ana Silva took part", CARLAS_OWN)
    carla.press("Save draft")
    with felix.refused():  # also the draft that saves itself may meet Carla's words
        felix.fill("What the group did", FELIX_S)
        felix.fill("How Ana Silva took part", FELIX_S_OWN)
        felix.fill("How Ben Okoro took part", "Listened, and stayed to the end.")
        felix.press("Save draft")
    felix.look("two-at-a-note", "Two of you wrote here", "Carla Reyes", CARLAS, CARLAS_OWN)
    assert felix.page.get_by_label("What the group did").input_value() == FELIX_S
    assert felix.page.get_by_label("How Ana Silva took part").input_value() == FELIX_S_OWN
    assert SharedDraft.objects.get().text == CARLAS
    drafts = dict(NoteDraft.objects.values_list("patient_id", "text"))
    assert drafts == {ana.key: CARLAS_OWN, ben.key: "Listened, and stayed to the end."}

    felix.fill("What the group did", f"{CARLAS} {FELIX_S}")
    felix.press("Use their words instead", within=f"#part-{ana.uid}")
    felix.look("two-at-a-note-merged", "The draft is saved.")
    assert felix.page.get_by_label("How Ana Silva took part").input_value() == CARLAS_OWN
    assert SharedDraft.objects.get().text == f"{CARLAS} {FELIX_S}"
    assert NoteDraft.objects.get(patient_id=ana.key).text == CARLAS_OWN


def test_who_only_reads_sees_what_a_colleague_writes(evening, someone):
    session, (ana, _) = evening
    felix, carla = someone("felix@harbor.test"), someone("carla@harbor.test")
    felix.page.clock.install()
    felix.go(reverse("session", args=[session]))
    felix.press("Everyone else present")
    for walker in (felix, carla):
        walker.go(reverse("session_notes", args=[session]))
    carla.fill("How Ana Silva took part", CARLAS_OWN)
    carla.press("Save draft")
    felix.page.clock.fast_forward(16_000)
    felix.page.get_by_text("A colleague wrote here").wait_for()
    assert felix.page.get_by_label("How Ana Silva took part").input_value() == CARLAS_OWN
    felix.fill("What the group did", FELIX_S)
    felix.press("Save draft")
    felix.look("after-a-colleague", "The draft is saved.")
    assert SharedDraft.objects.get().text == FELIX_S
    assert NoteDraft.objects.get(patient_id=ana.key).text == CARLAS_OWN


def test_a_double_click_on_sign_makes_one_note_a_person(evening, someone):
    session, (ana, _) = evening
    felix = someone("felix@harbor.test")
    felix.go(reverse("session", args=[session]))
    felix.press("Everyone else present")
    felix.go(reverse("session_notes", args=[session]))
    felix.fill("What the group did", FELIX_S)
    felix.fill("How Ana Silva took part", FELIX_S_OWN)
    felix.page.locator(f"input[name='p-{ana.uid}-objective']").check()
    felix.press_twice("button[value=sign]")
    felix.page.get_by_text("Read the note").wait_for()
    felix.look("signed-twice", "Not signed yet: Ben Okoro")
    assert Note.objects.count() == 1


def test_a_double_click_on_send_asks_for_help_once(cast, clock, someone):
    ana = someone(size=PHONE)
    ana.go(reverse("ask_for_help"))
    ana.pick("Who is this for?", "Me")
    ana.fill("Name you go by", "Ana")
    ana.fill("Your phone number", "212-555-0123")
    ana.press_twice("main form button:text-is('Send')")
    ana.page.get_by_text("Thank you. We have your message.").wait_for()
    ana.look("asked-twice", "What happens next")
    assert Referral.objects.count() == 1
