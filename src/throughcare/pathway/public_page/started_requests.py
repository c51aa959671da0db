"""A request for help that is begun and sent later: kept sealed under a code that only the person has."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.keys import mac
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.outward_words import tells_too_much
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.message.outbox import Recipient, put_message
from throughcare.pathway.program_settings import number
from throughcare.records.messages import Message
from throughcare.records.organizations import Organization
from throughcare.records.public_pages import StartedRequest

# Letters and digits that nobody takes for one another; sixteen of them can't be guessed.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
FOURS = 4
KEEP_DAYS = "ask.keep_days"
LONGEST = 4000
# Nobody can use the form to send texts to many strangers.
MOST_SENT_AN_HOUR = 30
SENT = "started request"


@dataclass(frozen=True)
class Started:
    """What was kept: the code in fours, the answers, and until when it is kept."""

    code: str
    answers: dict[str, object]
    expires_at: datetime


def _mark(code: str) -> str:
    letters = "".join(letter for letter in code.upper() if letter in ALPHABET)
    return mac(letters.encode(), use="started request").hex()


def _new_code() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(FOURS))


@transaction.atomic
def keep_request(
    answers: Mapping[str, object], *, code: str = "", zone: str, by: Actor, at: datetime
) -> Started:
    """Keep what somebody has written so far, under their code or a new one."""
    said = {name: value for name, value in answers.items() if value}
    if sum(len(str(value)) for value in said.values()) > LONGEST:
        raise Cannot(_("That is more than we can keep for you. Shorten it, or send it now."), field="reason")
    row = _find(code, by=by, at=at) if code else None
    if row is not None:
        row.answers = said
        row.save(update_fields=["answers"])
        return Started(code, said, row.expires_at)
    days = number(KEEP_DAYS, organization=by.organization, on=local_day(at, zone))
    made = _new_code()
    ends = at + timedelta(days=days)
    StartedRequest.objects.create(
        organization_id=by.organization,
        code_mark=_mark(made),
        answers=said,
        expires_at=ends,
        recorded_at=at,
    )
    return Started(made, said, ends)


def open_request(code: str, *, by: Actor, at: datetime) -> Started:
    """What was kept under a code. Raises `Cannot` alike for one that is wrong, too old or sent."""
    row = _find(code, by=by, at=at)
    if row is None:
        raise _unknown()
    return Started(code.strip().upper(), dict(row.answers), row.expires_at)


def forget_request(code: str, *, by: Actor) -> None:
    """Throw away what was kept under a code: it was sent, or the person wants it gone."""
    StartedRequest.objects.filter(organization_id=by.organization, code_mark=_mark(code)).delete()


@transaction.atomic
def send_way_back(
    code: str, address: str, *, phone: str = "", email: str = "", by: Actor, at: datetime
) -> None:
    """Send the person the address under which they go on, signed with the neutral name and nothing else in it."""
    if not (phone.strip() or email.strip()):
        raise Cannot(_("Enter a phone number or an email address."), field="phone")
    row = _find(code, by=by, at=at)
    if row is None:
        raise _unknown()
    lately = Message.objects.filter(
        organization_id=by.organization, key__startswith=SENT, recorded_at__gt=at - timedelta(hours=1)
    )
    if lately.count() >= MOST_SENT_AN_HOUR:
        raise Cannot(_("We can't send it right now. Write the code down, or take a picture of it."))
    name = Organization.objects.values_list("neutral_name", flat=True).get(pk=by.organization)
    # A name that says what we do would be held back with the link: better no name.
    signed = "" if tells_too_much(name) else f"{name}: "
    put_message(
        Recipient(phone=phone.strip(), email=email.strip()),
        subject=signed + _("your link"),
        words=signed + _("here is the link you asked for.") + f" {address}",
        key=f"{SENT} {row.uid} {at.date()}",
        ways=[way for way, given in (("text", phone), ("email", email)) if given.strip()],
        organization=by.organization,
        at=at,
        ends_at=row.expires_at,
    )


def _unknown() -> Cannot:
    return Cannot(
        _("We don’t find anything under this code. It may be too old, or sent already. You can start anew."),
        field="code",
    )


def sweep_requests(*, at: datetime) -> str:
    """Throw away what nobody came back for."""
    gone, _tables = StartedRequest.objects.filter(expires_at__lt=at).delete()
    return f"{gone} thrown away"


def _find(code: str, *, by: Actor, at: datetime) -> StartedRequest | None:
    return StartedRequest.objects.filter(
        organization_id=by.organization, code_mark=_mark(code), expires_at__gt=at
    ).first()
