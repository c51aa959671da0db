"""A night at the crisis desk as people meet it: the button, the page, the tap, the log, the closing."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.boards_cast import in_program
from tests.cast import at
from tests.crisis_cast import put_on_call
from tests.referral_cast import patient_of, refer
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.crisis.answering import take_crisis
from throughcare.pathway.crisis.climbing import climb
from throughcare.pathway.crisis.log_entries import NewEntry, log_entry
from throughcare.pathway.crisis.raising import raise_crisis
from throughcare.pathway.family.invitations import invite_patient, invite_relation
from throughcare.pathway.people.people import NewRelatedPerson, add_related_person
from throughcare.pathway.privacy.guards import guard_record
from throughcare.pathway.privacy.reaching import ask_for_safe_ways
from throughcare.records.accesses import Access
from throughcare.records.consents import PatientAccount
from throughcare.records.crises import Crisis, CrisisEntry, CrisisTaking
from throughcare.records.disclosures import Disclosure
from throughcare.records.emergencies import EmergencyAccess
from throughcare.records.messages import Message
from throughcare.records.people import Account

pytestmark = pytest.mark.django_db
NIGHT = at(2, 10)
POLL = {"HX-Request": "true", "X-Throughcare-Background": "1"}


@pytest.fixture
def night():
    with time_machine.travel(NIGHT, tick=False) as clock:
        yield clock


@pytest.fixture
def eve(cast, night):
    put_on_call(cast)
    return in_program(cast, "Eve", "Lund")


@pytest.fixture
def signed_in(client):
    def enter(actor):
        client.force_login(Account.objects.get(pk=actor.account))
        return client

    return enter


def own(cast, patient, email="eve@mail.test"):
    invite_patient(patient.uid, email=email, by=cast.clinician, at=NIGHT)
    return actor_for(Account.objects.get_by_natural_key(email).pk)


def raised(cast, patient, **more):
    words = {"priority": "P1", "source": "text", "words": "I have the pills here", **more}
    return raise_crisis(patient.uid, **words, by=cast.program, at=NIGHT)


def dispatched(moment):
    Message.objects.filter(dispatched_at__isnull=True).update(dispatched_at=moment)


def test_the_button_stands_on_every_page_of_a_patient_and_calls_once(cast, eve, night, signed_in):
    client = signed_in(own(cast, eve))
    my_help = reverse("my_help")
    assert my_help in client.get(reverse("my_privacy")).text
    page = client.get(my_help).text
    assert page.index("tel:911") < page.index("Call for help")
    sent = {"words": "", "callback": "", "once": "7d3b2f64-9a0e-4d4b-8a27-111111111111"}
    for _ in range(2):
        assert client.post(my_help, sent).status_code == 302
    crisis = Crisis.objects.get()
    assert (crisis.priority, crisis.source, crisis.patient_id) == ("P1", "button", eve.key)


def test_the_persons_page_says_who_was_paged_and_who_has_their_call(cast, eve, night, signed_in):
    client = signed_in(own(cast, eve))
    client.post(reverse("my_help"), {"words": "I can't go on", "callback": "212-555-0199"})
    page = client.get(reverse("my_help")).text
    assert "We are paging somebody now" in page and 'data-say-in="60"' in page
    assert "We could not reach staff." in page
    dispatched(NIGHT)
    page = client.get(reverse("my_help")).text
    assert "<b>2:10 AM</b> Carla was paged." in page and "data-say-in" not in page
    night.shift(timedelta(minutes=14))
    take_crisis(Crisis.objects.get().uid, by=cast.nurse, at=NIGHT + timedelta(minutes=14))
    page = client.get(reverse("my_help")).text
    assert "Nia has your call" in page and "<b>2:24 AM</b>" in page


def test_the_open_page_of_a_person_opens_no_record_without_news(cast, eve, night, signed_in):
    client = signed_in(own(cast, eve))
    client.post(reverse("my_help"), {"words": "", "callback": ""})
    mark = client.get(reverse("my_help")).context["mark"]
    before = Access.objects.count()
    assert client.get(reverse("my_help"), {"seen": mark}, headers=POLL).status_code == 204
    assert Access.objects.count() == before
    dispatched(NIGHT)
    assert client.get(reverse("my_help"), {"seen": mark}, headers=POLL).status_code == 200


def test_family_raises_and_learns_of_their_own_call_only(cast, eve, night, signed_in):
    patient = own(cast, eve)
    mother = NewRelatedPerson("Rosa Lund", "mother", phone="212-555-0123", emergency_contact=True)
    rosa_person = add_related_person(eve.uid, mother, by=cast.clinician, at=NIGHT)
    invite_relation(rosa_person, email="rosa@mail.test", by=patient, at=NIGHT)
    night.shift(timedelta(days=2))
    rosa = actor_for(Account.objects.get_by_natural_key("rosa@mail.test").pk)
    client = signed_in(rosa)
    assert reverse("family_help") in client.get(reverse("family")).text
    here = reverse("family_help_for", args=[eve.uid])
    assert client.post(here, {"words": "She won't answer the door", "callback": ""}).status_code == 302
    crisis = Crisis.objects.get()
    assert crisis.source == "family"
    raised(cast, eve, key="her own text")
    page = client.get(here).text
    assert page.count("We have your call") == 2 and "pills" not in page  # the state, and its line
    assert client.get(reverse("crisis", args=[crisis.uid])).status_code == 403
    # What the mother said is not for the daughter's page.
    assert "door" not in signed_in(patient).get(reverse("my_help")).text


def test_reception_logs_a_call_and_sees_who_has_it_but_no_record(cast, eve, night, signed_in):
    client = signed_in(cast.front_desk)
    call = {
        "priority": "P1",
        "said_name": "Eve",
        "callback": "212-555-0101",
        "words": "Her sister: she took pills",
    }
    answer = client.post(reverse("log_crisis_call"), call, follow=True)
    assert "We have it" in answer.text
    crisis = Crisis.objects.get()
    assert crisis.patient is None
    take_crisis(crisis.uid, by=cast.clinician, at=NIGHT)
    assert "Carla has it" in client.get(reverse("crisis_call", args=[crisis.uid])).text
    assert client.get(reverse("crisis_desk")).status_code == 403
    # Somebody else's call isn't there.
    client = signed_in(cast.biller)
    assert client.get(reverse("crisis_call", args=[crisis.uid])).status_code == 404


def test_whoever_has_the_call_says_whose_it_is(cast, eve, night, signed_in):
    signed_in(cast.front_desk).post(
        reverse("log_crisis_call"), {"priority": "P1", "said_name": "Eve L", "callback": "", "words": "pills"}
    )
    crisis = Crisis.objects.get()
    client = signed_in(cast.clinician)
    whose, maya = reverse("crisis_whose", args=[crisis.uid]), patient_of(refer(cast))
    assert "Maya Okafor" in client.get(whose, {"q": "Okafor"}).text
    client.post(whose, {"patient": str(maya)})
    page = client.get(reverse("crisis", args=[crisis.uid])).text
    assert "Whose crisis it is was found out" in page and "Their safety plan" in page


def test_the_desk_puts_first_what_nobody_has_and_one_tap_takes_it(cast, eve, night, signed_in):
    crisis = raised(cast, eve)
    client = signed_in(cast.clinician)
    desk = client.get(reverse("crisis_desk"))
    assert "Nobody has this yet" not in desk.text and "Nobody has taken this." in desk.text
    assert "Next page at 2:20 AM" in desk.text
    client.post(reverse("take_crisis", args=[crisis]))
    page = client.get(reverse("crisis", args=[crisis])).text
    assert "You have it" in page and "I have the pills here" in page
    assert "Reach the person by 2:40 AM" in page


def test_the_open_desk_reads_nobodys_record_without_news(cast, eve, night, signed_in):
    crisis = raised(cast, eve)
    client = signed_in(cast.clinician)
    for url in (reverse("crisis_desk"), reverse("crisis", args=[crisis])):
        mark = client.get(url).context["mark"]
        before = Access.objects.count()
        assert client.get(url, {"seen": mark}, headers=POLL).status_code == 204
        assert Access.objects.count() == before
    mark = client.get(url).context["mark"]
    climb(at=NIGHT + timedelta(minutes=10))
    assert client.get(url, {"seen": mark}, headers=POLL).status_code == 200


def test_a_crisis_cant_be_closed_without_what_its_priority_asks_for(cast, eve, night, signed_in):
    crisis = raised(cast, eve)
    client = signed_in(cast.clinician)
    close, write = (reverse(name, args=[crisis]) for name in ("close_crisis", "write_crisis"))
    assert "Take it first" in client.post(close, {"words": ""}).text
    client.post(reverse("take_crisis", args=[crisis]))
    refused = client.post(close, {"words": ""})
    assert refused.status_code == 422
    assert "hand off to somebody named; speak with the person again after the handoff" in refused.text
    night.shift(timedelta(minutes=16))
    client.post(write, {"entry": "reached", "tap": "person"})
    when = {"happened_at": "2026-03-02T02:26", "words": ""}
    client.post(write, {"entry": "disposition", "choice": "emergency_department", **when})
    assert client.post(write, {"entry": "handoff", "whom": "", **when}).status_code == 422
    client.post(write, {"entry": "handoff", "whom": "RN Lowe, City ED", **when})
    assert client.post(close, {"words": ""}).status_code == 422
    night.shift(timedelta(hours=11))
    client.post(
        write, {"entry": "reached", "choice": "ward", "happened_at": "2026-03-02T13:26", "words": "Awake"}
    )
    assert client.post(close, {"words": ""}).status_code == 302
    # The visit within seven days stays on the desk, and may still be written down.
    desk = client.get(reverse("crisis_desk")).text
    assert "Closed, and something is still due" in desk and "A visit after the hospital by Mon, Mar 9" in desk
    client.post(write, {"entry": "visit", "happened_at": "2026-03-02T13:26", "words": ""})
    assert "still due" not in client.get(reverse("crisis_desk")).text


def test_the_page_says_how_not_to_reach_them_and_who_may_be_told_what(cast, eve, night, signed_in):
    ask_for_safe_ways(eve.uid, ["phone"], by=cast.clinician, at=NIGHT)
    aunt = NewRelatedPerson("Tia Lund", "aunt", phone="212-555-0124")
    add_related_person(eve.uid, aunt, by=cast.clinician, at=NIGHT)
    page = signed_in(cast.clinician).get(reverse("crisis", args=[raised(cast, eve)])).text
    assert "They asked for no calls" in page
    assert "Tia Lund" in page and "No consent." in page
    assert "Their safety plan" in page and "What they take" in page


def test_an_emergency_team_is_told_the_medication_list_and_nothing_else(cast, eve, night, signed_in):
    crisis = raised(cast, eve)
    night.shift(timedelta(minutes=42))
    client = signed_in(cast.nurse)
    client.post(reverse("take_crisis", args=[crisis]))
    told = reverse("crisis_told", args=[crisis])
    form = {
        "recipient": "RN Lowe",
        "affiliation": "City ED",
        "discloser": cast.nurse.name,
        "disclosed_at": "2026-03-02T02:52",
        "nature": "Overdose",
        "no_consent": "",
    }
    assert "No counseling note leaves" in client.get(told).text
    assert client.post(told, form).status_code == 422
    client.post(told, {**form, "no_consent": "Unconscious", "kinds": ["note", "measure"]})
    disclosure = Disclosure.objects.get()
    assert list(disclosure.kinds) == ["medication"]
    assert disclosure.facts["disclosed_at"].endswith("02:52-05:00")
    assert CrisisEntry.objects.get(kind="told").whom == "RN Lowe, City ED"
    # Monday night: the review is due on Tuesday.
    assert str(EmergencyAccess.objects.get().review_due_date) == "2026-03-03"


def test_whoever_is_paged_comes_to_a_guarded_record_without_breaking_the_glass(cast, eve, night, signed_in):
    guard_record(eve.uid, text="Known in town", by=cast.compliance, at=NIGHT)
    chart = reverse("patient_details", args=[eve.uid])
    assert signed_in(cast.nurse).get(chart).status_code == 403
    crisis = raised(cast, eve)
    climb(at=NIGHT + timedelta(minutes=10))
    page = signed_in(cast.nurse).get(reverse("crisis", args=[crisis]))
    assert page.status_code == 200 and "Eve Lund" in page.text
    # Nobody else comes in by it.
    assert signed_in(cast.prescriber).get(reverse("crisis", args=[crisis])).status_code == 403


def test_staff_raise_a_crisis_from_the_record(cast, eve, night, signed_in):
    client = signed_in(cast.case_manager)
    here = reverse("raise_crisis", args=[eve.uid])
    assert client.post(here, {"priority": "P2", "words": "", "callback": ""}).status_code == 422
    answer = client.post(
        here, {"priority": "P2", "words": "Craves, alone at home", "callback": ""}, follow=True
    )
    assert "Nobody has taken this." in answer.text
    take = reverse("take_crisis", args=[Crisis.objects.get().uid])
    client.post(take)
    client.post(
        reverse("crisis_priority", args=[Crisis.objects.get().uid]), {"priority": "P1", "words": "Has pills"}
    )
    assert "Priority raised" in client.get(reverse("crisis", args=[Crisis.objects.get().uid])).text


def test_a_sign_in_is_needed_to_acknowledge(cast, eve, night, client):
    crisis = raised(cast, eve)
    answer = client.post(reverse("take_crisis", args=[crisis]))
    assert answer.status_code == 302 and "sign-in" in answer.url
    assert not CrisisTaking.objects.exists()


def test_the_desk_asks_as_much_for_many_as_for_one(cast, eve, night, signed_in):
    client = signed_in(cast.clinician)
    raised(cast, eve)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("crisis_desk"))
        return len(asked)

    asked()
    few = asked()
    for number in range(6):
        person = in_program(cast, "Pat", f"Number{number}")
        take_crisis(raised(cast, person), by=cast.clinician, at=NIGHT)
    assert asked() <= few + 2  # the plans of some are of another shape than of none


def test_today_says_what_waits(cast, eve, night, signed_in):
    client = signed_in(cast.clinician)
    assert "Nobody has taken" not in client.get(reverse("today")).text
    first, _ = raised(cast, eve), raised(cast, eve)
    take_crisis(first, by=cast.clinician, at=NIGHT)
    page = client.get(reverse("today")).text
    assert "Nobody has taken 1 crisis." in page and "You have 1." in page
    night.shift(timedelta(minutes=31))
    assert "2 things overdue." in client.get(reverse("today")).text
    assert reverse("raise_crisis", args=[eve.uid]) in client.get(reverse("patient", args=[eve.uid])).text


def test_a_second_press_adds_to_the_call_that_still_climbs_and_pages_again(cast, eve, night, signed_in):
    client = signed_in(own(cast, eve))
    my_help = reverse("my_help")
    client.post(my_help, {"words": "", "callback": ""})
    night.shift(timedelta(minutes=1))
    client.post(my_help, {"words": "My ex is at the door", "callback": "212-555-0188"})
    crisis = Crisis.objects.get()
    assert (crisis.callback, crisis.pages.count()) == ("212-555-0188", 1)  # paged a minute ago
    again = CrisisEntry.objects.get(kind="again")
    assert (again.words, again.recorded_by_id) == ("My ex is at the door", own_key(eve))
    assert "We have your new call too." in client.get(my_help).text
    night.shift(timedelta(minutes=3))
    take_crisis(crisis.uid, by=cast.nurse, at=NIGHT + timedelta(minutes=4))
    client.post(my_help, {"words": "Please", "callback": ""})
    assert crisis.pages.order_by("-pk")[0].account_id == cast.nurse.account
    assert (
        "They called for help again" in signed_in(cast.nurse).get(reverse("crisis", args=[crisis.uid])).text
    )
    # Spoken with: the climb rests, and a press after that is a new call that climbs anew.
    log_entry(crisis.uid, NewEntry("reached", "person"), by=cast.nurse, at=NIGHT + timedelta(minutes=5))
    night.shift(timedelta(minutes=9))
    signed_in(actor_for(own_key(eve))).post(my_help, {"words": "", "callback": ""})
    assert Crisis.objects.count() == 2


def own_key(patient):
    """The key of the account whose own record it is."""
    return PatientAccount.objects.get(patient=patient.key).account_id
