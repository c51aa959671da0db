"""The numbers at which those who work here get urgent texts and calls; each gives their own."""

from datetime import datetime

import phonenumbers
from django.db import transaction

from throughcare.knowledge.roles import STAFF
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.records.messages import StaffPhone
from throughcare.records.people import Account

REGION = "US"


def own_phone(*, by: Actor) -> str:
    """The number that somebody gave for themselves; empty for none."""
    row = StaffPhone.objects.filter(account=by.account, ended_at__isnull=True).order_by("pk").first()
    return row.number if row else ""


@transaction.atomic
def change_own_phone(number: str, *, by: Actor, at: datetime) -> None:
    """Give another number for oneself, or none. Raises `Cannot` for what can't be a number."""
    if by.account is None or not by.holds(*STAFF):
        raise CannotSee("Only those who work here are paged.")
    given = _as_dialed(number)
    # Two windows at once: the account's row is where they queue.
    Account.objects.select_for_update(no_key=True).get(pk=by.account)
    if given == own_phone(by=by):
        return
    StaffPhone.objects.filter(account=by.account, ended_at__isnull=True).update(ended_at=at)
    if given:
        StaffPhone.objects.create(
            organization_id=by.organization,
            account_id=by.account,
            number=given,
            recorded_by_id=by.account,
            recorded_at=at,
        )


def _as_dialed(number: str) -> str:
    if not number.strip():
        return ""
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise Cannot("Enter a phone number with its area code, such as 212-555-0100.", field="phone")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
