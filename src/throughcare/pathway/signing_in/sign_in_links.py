"""Signing in by a link alone, for those who live in treatment or near it: sent to what is on record, never to staff.

A link is something that arrives, so it counts as one factor only: whoever has a second step is asked for it. After a
sign-in by one way the person is told by the other (threat A4: a shared mailbox).
"""

from datetime import datetime, timedelta

from django.db import transaction

from throughcare.knowledge.notifications import EMAIL, TEXT, Wishes
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.notification.standing import wishes_of
from throughcare.pathway.people.search_keys import key_of_phone, phone_key
from throughcare.pathway.signing_in.door_mail import queue_mail
from throughcare.pathway.signing_in.links import (
    GONE,
    MOST_AN_HOUR,
    SIGN_IN,
    SIGN_IN_TEXT,
    SIGNS_IN,
    find_link,
    make_link,
)
from throughcare.pathway.signing_in.sign_ins import is_staff
from throughcare.records.consents import PatientAccount
from throughcare.records.organizations import Organization
from throughcare.records.people import Account, PatientSearchKey
from throughcare.records.signing_in import SignInLink

KIND = {EMAIL: SIGN_IN, TEXT: SIGN_IN_TEXT}
TOLD_BY = {SIGN_IN: "link_used_text", SIGN_IN_TEXT: "link_used"}


@transaction.atomic
def ask_for_sign_in(said: str, *, browser: str, at: datetime) -> None:
    """Send a link to this address or number, if someone signs in with it. Nothing tells whether anyone does."""
    way = EMAIL if "@" in said else TEXT
    account = _by_email(said) if way == EMAIL else _by_phone(said)
    if account is not None and not _may(account, way, at=at):
        account = None
    token = make_link(account, KIND[way], at=at, browser=browser)
    queue_mail(account, KIND[way], link=token, at=at)


def _by_email(said: str) -> Account | None:
    return Account.objects.with_email(said).filter(suspended_at__isnull=True).first()


def _by_phone(said: str) -> Account | None:
    """The one person who signs in and whose number it is; nobody where two share it."""
    number = phone_key(said)
    keys = [
        key_of_phone(number, organization)
        for organization in Organization.objects.order_by("pk").values_list("pk", flat=True)
        if number
    ]
    people = PatientSearchKey.objects.filter(key__in=keys, former=False).values("patient")
    rows = PatientAccount.objects.select_related("account", "patient").filter(
        patient__in=people, ended_at__isnull=True, account__suspended_at__isnull=True
    )
    found = [row.account for row in rows if phone_key(row.patient.phone) == number]
    return found[0] if len(found) == 1 else None


def _may(account: Account, way: str, *, at: datetime) -> bool:
    lately = SignInLink.objects.filter(
        account=account, kind__in=SIGNS_IN, made_at__gt=at - timedelta(hours=1)
    )
    wishes = wishes_of([account.pk]).get(account.pk, Wishes())
    return way in wishes.links and lately.count() < MOST_AN_HOUR and not is_staff(account.pk)


@transaction.atomic
def use_sign_in_link(token: str, *, browser: str, at: datetime) -> int:
    """Use a link up and tell its owner by another way; the account's key. Raises `Cannot` when it opens nothing."""
    row, account = find_link(token, browser=browser, at=at)
    # Two at once: one of them comes in.
    used = SignInLink.objects.filter(pk=row.pk, used_at__isnull=True, kind__in=SIGNS_IN).update(used_at=at)
    if not used or is_staff(account.pk):
        raise Cannot(GONE)
    queue_mail(account, TOLD_BY[row.kind], at=at)
    return account.pk
