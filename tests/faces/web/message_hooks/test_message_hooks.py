"""What the provider tells counts only with its signature; a text that comes in can call a human and nothing else."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.sessions_cast import admit
from throughcare.faces.web.message_hooks.signature import sign
from throughcare.pathway.message.claiming import claim
from throughcare.pathway.message.outbox import Recipient, put_message
from throughcare.pathway.people.search_keys import keep_search_keys
from throughcare.pathway.privacy.reaching import ask_for_safe_ways
from throughcare.records.consents import ConsentRevocation, WaysShut
from throughcare.records.crises import Crisis, CrisisClosing, CrisisTaking
from throughcare.records.messages import InboundText, Message
from throughcare.records.people import Patient

PHONE = "+12125550188"


@pytest.fixture(autouse=True)
def provider(settings):
    settings.SMS_TOKEN = "shared with the provider"
    settings.HOME_ADDRESS = "https://clinic.example"


def tell(client, settings, address, fields, *, token=None):
    signature = sign(settings.HOME_ADDRESS + address, fields, token or settings.SMS_TOKEN)
    return client.post(address, fields, headers={"X-Twilio-Signature": signature})


def text_from(client, settings, words, sender=PHONE, ident=None):
    fields = {"From": sender, "Body": words, "MessageSid": ident or uuid4().hex}
    return tell(client, settings, reverse("message_in"), fields)


@pytest.fixture
def ana(cast):
    person = admit(cast, "Ana")
    Patient.objects.filter(pk=person.key).update(phone="(212) 555-0188")
    keep_search_keys([Patient.objects.get(pk=person.key)])
    return person


@pytest.fixture
def job(cast):
    put_message(
        Recipient(phone=PHONE),
        subject="Paged",
        words="Sign in.",
        key="a",
        urgent=True,
        organization=cast.organization,
        at=timezone.now(),
    )
    (found,) = claim(5, urgent=True, at=timezone.now())
    return found


def test_the_signature_is_made_as_the_provider_documents_it():
    # The example of Twilio's own page on validating requests.
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    address = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert sign(address, fields, "12345") == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


@pytest.mark.parametrize(
    ("fields", "settled"),
    [
        ({"MessageStatus": "delivered", "MessageSid": "SM1"}, "received"),
        ({"MessageStatus": "sent", "MessageSid": "SM1"}, ""),
        ({"MessageStatus": "undelivered", "MessageSid": "SM1"}, ""),
        ({"CallStatus": "completed", "CallSid": "CA1", "AnsweredBy": "human"}, "received"),
        ({"CallStatus": "completed", "CallSid": "CA1", "AnsweredBy": "machine_start"}, ""),
        ({"CallStatus": "no-answer", "CallSid": "CA1"}, ""),
        ({"MessageStatus": "something new", "MessageSid": "SM1"}, ""),
    ],
)
def test_a_receipt_says_how_it_went(client, settings, job, fields, settled):
    assert tell(client, settings, reverse("message_status", args=[job.attempt]), fields).status_code == 204
    assert Message.objects.get().settled_how == settled


def test_without_the_providers_signature_nothing_counts(client, settings, job):
    address = reverse("message_status", args=[job.attempt])
    fields = {"MessageStatus": "delivered"}
    assert tell(client, settings, address, fields, token="guessed").status_code == 404
    assert client.post(address, fields).status_code == 404
    settings.SMS_TOKEN = ""
    assert tell(client, settings, address, fields, token="x").status_code == 404
    assert Message.objects.get().settled_how == ""


def test_words_of_danger_from_a_patients_phone_call_a_human_at_once(client, settings, ana):
    answer = text_from(client, settings, "i want to kill myself", ident="SM5")
    text_from(client, settings, "i want to kill myself", ident="SM5")
    crisis = Crisis.objects.get()
    assert (crisis.priority, crisis.source, crisis.patient_id) == ("P1", "text", ana.key)
    assert InboundText.objects.get().crisis == crisis.uid
    assert "988" in answer.text
    assert "911" in answer.text


def test_the_word_help_is_enough(client, settings, ana):
    text_from(client, settings, "Help!")
    assert Crisis.objects.get().priority == "P1"


def test_an_unknown_number_is_heard_too(client, settings, cast):
    text_from(client, settings, "overdose, come quick", sender="+12125550999")
    crisis = Crisis.objects.get()
    assert (crisis.patient_id, crisis.priority, crisis.callback) == (None, "P1", "+12125550999")


def test_t_c1_a_forged_text_closes_takes_and_changes_nothing(client, settings, ana):
    text_from(client, settings, "HELP")
    pages = Message.objects.filter(settled_at__isnull=True).count()
    for words in ("STOP", "I am fine", "ack", "cancel", "YES I take it", "unsubscribe"):
        text_from(client, settings, words)
    assert not CrisisTaking.objects.exists()
    assert not CrisisClosing.objects.exists()
    assert not ConsentRevocation.objects.exists()
    assert not WaysShut.objects.exists()
    urgent = Message.objects.filter(urgent=True, settled_at__isnull=True)
    assert urgent.count() == pages
    # All of it is read by a human, as one matter of that hour.
    assert sorted(Crisis.objects.values_list("priority", flat=True)) == ["P1", "P4"]


def test_who_asked_for_no_texts_gets_no_answer_by_text(client, settings, cast, ana):
    ask_for_safe_ways(ana.uid, ["text"], by=cast.clinician, at=timezone.now())
    answer = text_from(client, settings, "HELP")
    assert "<Message>" not in answer.text
    assert Crisis.objects.count() == 1
