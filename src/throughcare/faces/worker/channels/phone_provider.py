"""Texts and calls by one provider over HTTP, in the shape that Twilio gave such interfaces; others offer the same.

A POST with form fields and basic authentication; the answer is JSON with the provider's id. How it went on comes later
to an address of ours that names the try (faces/web/message_hooks), even when the worker died before it had the answer.
"""

import base64
import json
import threading
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import ClassVar
from urllib.parse import urlencode, urlsplit
from uuid import UUID
from xml.sax.saxutils import escape

from django.conf import settings

from throughcare.knowledge.message_ways import PROVIDER_SECONDS
from throughcare.pathway.message.marking import ACCEPTED, FAILED, NOT_TAKEN, UNKNOWN, Outcome

# It said that it has too much to do or is away: it has not taken anything.
TRY_LATER = frozenset({408, 425, 429, 503})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
RINGS_SECONDS = 25
# The address of faces/web/message_hooks, said once more: looking it up would load every page into the lane, and a lane
# that was killed must be back at once.
TOLD_AT = "/message-hooks/{attempt}"


class PhoneProvider:
    """What texts and calls have in common."""

    resource = ""
    name = "phone provider"
    outcomes: ClassVar[dict[str, str]] = {}

    def fields(self, to: str, words: str, told_at: str) -> dict[str, str]:
        """The form that the provider gets."""
        raise NotImplementedError

    def send(self, to: str, subject: str, words: str, *, same: str, attempt: UUID) -> Outcome:
        """Hand it over; the subject stays here, since a phone shows none."""
        told_at = f"{settings.HOME_ADDRESS}{TOLD_AT.format(attempt=attempt)}"
        return post(self.resource, self.fields(to, words, told_at), same=same, name=self.name)


class Texts(PhoneProvider):
    """A text message."""

    resource, name = "Messages", "texts"

    def fields(self, to: str, words: str, told_at: str) -> dict[str, str]:
        """Recipient, sender, words, and where to tell how it went."""
        return {"To": to, "From": settings.SMS_FROM, "Body": words, "StatusCallback": told_at}


class Calls(PhoneProvider):
    """A call that reads the words twice. A machine that answers is not a person."""

    resource, name = "Calls", "calls"

    def fields(self, to: str, words: str, told_at: str) -> dict[str, str]:
        """Recipient, caller, what is read, and where to tell how it went."""
        said = f"<Say>{escape(words)}</Say>"
        return {
            "To": to,
            "From": settings.SMS_FROM,
            "Twiml": f'<Response>{said}<Pause length="2"/>{said}</Response>',
            "Timeout": str(RINGS_SECONDS),
            "MachineDetection": "Enable",
            "StatusCallback": told_at,
            "StatusCallbackEvent": "completed",
        }


def post(resource: str, fields: dict[str, str], *, same: str, name: str) -> Outcome:
    """One request, over within the provider's time whatever the other side does."""
    where = urlsplit(settings.SMS_URL)
    kind = HTTPSConnection if where.scheme == "https" else HTTPConnection
    if where.scheme != "https" and where.hostname not in LOOPBACK:
        return Outcome(NOT_TAKEN, name, trouble="SMS_URL is not https")
    connection = kind(where.hostname or "", where.port, timeout=PROVIDER_SECONDS)
    # A time-out of the socket counts anew with every byte: this one doesn't.
    ends = threading.Timer(PROVIDER_SECONDS, connection.close)
    ends.daemon = True
    ends.start()
    asked = False
    try:
        connection.connect()
        asked = True
        path = f"{where.path.rstrip('/')}/2010-04-01/Accounts/{settings.SMS_ACCOUNT}/{resource}.json"
        connection.request("POST", path, urlencode(fields), _headers(same))
        answer = connection.getresponse()
        return _outcome(answer.status, answer.read(100_000), name)
    except (
        OSError,
        HTTPException,
        AttributeError,
        ValueError,
    ) as error:  # closing under way raises any of these
        return Outcome(UNKNOWN if asked else FAILED, name, trouble=type(error).__name__)
    finally:
        ends.cancel()
        connection.close()


def _headers(same: str) -> dict[str, str]:
    who = base64.b64encode(f"{settings.SMS_ACCOUNT}:{settings.SMS_TOKEN}".encode()).decode()
    return {
        "Authorization": f"Basic {who}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json",
        # Not every provider heeds it; those that do send one however often it is asked for.
        "Idempotency-Key": same,
    }


def _outcome(status: int, body: bytes, name: str) -> Outcome:
    if 200 <= status < 300:
        try:
            ident = str(json.loads(body)["sid"])
        except (ValueError, KeyError, TypeError):  # taken, says the status; who it is will tell the receipt
            ident = ""
        return Outcome(ACCEPTED, name, ident)
    if status in TRY_LATER:
        return Outcome(FAILED, name, trouble=f"answered {status}")
    return Outcome(NOT_TAKEN if status < 500 else UNKNOWN, name, trouble=f"answered {status}")
