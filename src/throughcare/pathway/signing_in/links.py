"""Links that let someone in once: to set a password, or to sign in. Opening one changes nothing."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from throughcare.keys import mac
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.signing_in.access import find_account
from throughcare.pathway.signing_in.door_mail import queue_mail
from throughcare.pathway.signing_in.factors import has_factor
from throughcare.pathway.signing_in.passwords import check_password_choice, names_around
from throughcare.pathway.signing_in.sign_ins import end_sign_ins_of
from throughcare.records.people import Account
from throughcare.records.signing_in import SignInLink

INVITATION, RESET = "invitation", "reset"
# By e-mail and by text; a link of one kind does nothing that the other is for.
SIGN_IN, SIGN_IN_TEXT = "sign_in", "sign_in_text"
SIGNS_IN = (SIGN_IN, SIGN_IN_TEXT)
TEN_MINUTES = timedelta(minutes=10)
LASTS = {
    INVITATION: timedelta(days=3),
    RESET: TEN_MINUTES,
    SIGN_IN: TEN_MINUTES,
    SIGN_IN_TEXT: TEN_MINUTES,
}
MOST_AN_HOUR = 3
GONE = gettext_noop("This link was used or is too old. Ask for a new one.")


@dataclass(frozen=True)
class OpenLink:
    """A link that may still be used, and for whom."""

    account: int
    kind: str
    email: str
    asks_factor: bool


def _mark(token: str) -> str:
    return mac(token.encode(), use="sign-in link").hex()


def invite(account: UUID, *, by: Actor, at: datetime) -> str:
    """The token of an invitation, to be handed to the person; earlier ones are void."""
    row = find_account(account, by=by)
    if row.suspended_at is not None:
        raise Cannot(f"{row.name} is suspended. Let them sign in again first.")
    SignInLink.objects.filter(account=row, used_at__isnull=True).update(used_at=at)
    return make_link(row, INVITATION, at=at, made_by=by.account)


@transaction.atomic
def ask_for_reset(email: str, *, browser: str, at: datetime) -> None:
    """Send a link to whoever signs in with this address. Nothing tells whether anyone does."""
    account = Account.objects.with_email(email).filter(suspended_at__isnull=True).first()
    lately = SignInLink.objects.filter(account=account, kind=RESET, made_at__gt=at - timedelta(hours=1))
    if account is not None and lately.count() >= MOST_AN_HOUR:
        account = None
    token = make_link(account, RESET, at=at, browser=browser)
    queue_mail(account, RESET, link=token, at=at)


def make_link(
    account: Account | None, kind: str, *, at: datetime, browser: str = "", made_by: int | None = None
) -> str:
    """The token of a new link; without an account it opens nothing."""
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        account=account,
        kind=kind,
        token_mark=_mark(token),
        browser_mark=_mark(browser) if browser else "",
        made_by_id=made_by,
        made_at=at,
        ends_at=at + LASTS[kind],
    )
    return token


def find_link(token: str, *, browser: str, at: datetime) -> tuple[SignInLink, Account]:
    """A link that may still be used, here, with its account. Raises `Cannot`."""
    row = (
        SignInLink.objects.select_related("account__organization")
        .filter(token_mark=_mark(token), used_at__isnull=True, ends_at__gt=at, account__isnull=False)
        .first()
    )
    if row is None or row.account is None or row.account.suspended_at is not None:
        raise Cannot(_(GONE))
    if row.browser_mark and row.browser_mark != _mark(browser):
        raise Cannot(_("Open this link in the browser in which you asked for it, or ask for a new one here."))
    return row, row.account


def _find_for_password(token: str, *, browser: str, at: datetime) -> tuple[SignInLink, Account]:
    row, account = find_link(token, browser=browser, at=at)
    if row.kind in SIGNS_IN:
        raise Cannot(_(GONE))
    return row, account


def open_link(token: str, *, browser: str, at: datetime) -> OpenLink:
    """Look at a link without using it. Raises `Cannot` when it is used, too old, or of another browser."""
    row, account = find_link(token, browser=browser, at=at)
    return OpenLink(account.pk, row.kind, account.email, has_factor(account.pk))


@transaction.atomic
def set_password_by_link(token: str, password: str, *, browser: str, at: datetime) -> int:
    """Set the password and use the link up; every session of the account ends. The factor stays. The account's key."""
    row, account = _find_for_password(token, browser=browser, at=at)
    write_password(account.pk, password, at=at)
    SignInLink.objects.filter(pk=row.pk).update(used_at=at)
    end_sign_ins_of(account.pk, at=at)
    queue_mail(account, "password_changed", at=at)
    return account.pk


def write_password(account: int, password: str, *, at: datetime) -> None:
    """Set an account's password by the rules of the house."""
    row = Account.objects.select_related("organization").get(pk=account)
    verdict = check_password_choice(password, has_factor=has_factor(account), names=names_around(row))
    if isinstance(verdict, Refused):
        raise Cannot(verdict.because, cite=verdict.cite, field="password")
    Account.objects.filter(pk=account).update(password=make_password(password))


def change_my_password(password: str, *, by: Actor, at: datetime) -> None:
    """Choose another password for oneself; the person is told by mail."""
    account = Account.objects.get(pk=by.account or 0)
    write_password(account.pk, password, at=at)
    queue_mail(account, "password_changed", at=at)
