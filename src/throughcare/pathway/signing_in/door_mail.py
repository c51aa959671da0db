"""Messages about signing in. They name no clinic, no treatment and no person: anyone may stand beside the phone."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from throughcare.keys import seal, unseal
from throughcare.pathway.privacy.own_work import note_own_work
from throughcare.pathway.privacy.reaching import may_reach_patient
from throughcare.records.consents import FamilyAccount, PatientAccount
from throughcare.records.people import Account
from throughcare.records.signing_in import DoorMail

PLACE = "door mail"
SUBJECT = "About signing in"
SUBJECTS = {"privacy_notice": "Something waits for you", "week_changed": "Something changed in your week"}
WORDS = {
    "reset": (
        "Someone asked to choose a new password for this address. If it was you, open this link within ten minutes, "
        "in the browser in which you asked:\n\n{link}\n\nIf it was not you, do nothing: your password stays as it is."
    ),
    "password_changed": (
        "The password for this address was changed. If it was you, there is nothing to do. If it was not, call the "
        "people who opened the account for you, on the number you know."
    ),
    "factor_changed": (
        "The second step of signing in was changed for this address. If it was you, there is nothing to do. If it was "
        "not, call the people who opened the account for you, on the number you know."
    ),
    "factor_lost": (
        "You told us that you lost the second step of signing in, or someone said so for you. If that is wrong, call "
        "the people who opened the account for you now, on the number you know."
    ),
    "privacy_notice": (
        "Something waits that you should read within the hour. Sign in: the menu says where to find it."
    ),
    "week_changed": "Something changed in your week. Sign in to read what it is: it stands on your first page.",
    "relation_invited": (
        "Someone close to you was given a way to sign in, because we were told that you want it. It counts after a "
        "day. If you do not want it, sign in and shut them out, or call the people who opened the account for you, on "
        "the number you know."
    ),
    "many_wrong_tries": (
        "Someone tried wrong passwords for this address several times and has to wait now. If it was not you, your "
        "password has held. You may choose a new one when you sign in next."
    ),
}

ASKED_FOR_NONE = "asked for no e-mail"
LINK_LASTS = timedelta(minutes=10)
Send = Callable[[str, str, str], None]


def queue_mail(account: Account | None, kind: str, *, at: datetime, link: str = "") -> None:
    """Write a message down for the worker, in the transaction that it is about."""
    DoorMail.objects.create(account=account, kind=kind, words=seal(link, place=PLACE), made_at=at)


def tell_of_wrong_tries(email: str, *, at: datetime) -> None:
    """Tell whoever signs in with this address that someone tried and has to wait now; nobody, when nobody does."""
    account = Account.objects.with_email(email).filter(suspended_at__isnull=True).first()
    queue_mail(account, "many_wrong_tries", at=at)


def tell_of_factor_change(account: int, *, at: datetime) -> None:
    """Tell someone that their second step was changed."""
    queue_mail(Account.objects.get(pk=account), "factor_changed", at=at)


def send_door_mail(*, at: datetime, send: Send, link_address: Callable[[str], str]) -> str:
    """Send what waits, through `send(to, subject, words)`; a failing message is tried again at the next round."""
    sent = failed = 0
    told: list[Account] = []
    # A link that is over would only puzzle.
    DoorMail.objects.filter(sent_at__isnull=True, kind="reset", made_at__lt=at - LINK_LASTS).update(
        sent_at=at, words="", trouble="too late"
    )
    for row in DoorMail.objects.select_related("account").filter(sent_at__isnull=True).order_by("pk")[:200]:
        trouble = _send_one(row, row.account, send, link_address) if row.account else ""
        with transaction.atomic():
            over = {"trouble": trouble, "sent_at": at, "words": ""}
            changed = over if trouble in ("", ASKED_FOR_NONE) else {"trouble": trouble}
            DoorMail.objects.filter(pk=row.pk).update(**changed)
        failed, sent = failed + bool(trouble), sent + (not trouble)
        if row.account and not trouble:
            told.append(row.account)
    _note_told(told, at=at)
    return f"{sent} sent, {failed} failed"


def _note_told(accounts: list[Account], *, at: datetime) -> None:
    """Write in the book whose own or whose family's address a message left for; staff's stand in no one's record."""
    own = PatientAccount.objects.filter(account__in=accounts).values_list("organization", "patient")
    close = FamilyAccount.objects.filter(account__in=accounts)
    touched: dict[int, set[int]] = {}
    for organization, patient in [*own, *close.values_list("organization", "related_person__patient")]:
        touched.setdefault(organization, set()).add(patient)
    for organization, patients in touched.items():
        note_own_work(
            "mail about signing in", "identity", patients, organization=organization, at=at, verb="see"
        )


def waiting_mail() -> int:
    """How many messages wait to be sent."""
    return DoorMail.objects.filter(sent_at__isnull=True, account__isnull=False).count()


def _send_one(row: DoorMail, account: Account, send: Send, link_address: Callable[[str], str]) -> str:
    own = PatientAccount.objects.filter(account=account, ended_at__isnull=True).values_list(
        "patient", flat=True
    )
    if not all(may_reach_patient(patient, "email") for patient in own):
        return ASKED_FOR_NONE
    token = unseal(row.words, place=PLACE)
    words = WORDS[row.kind].format(link=link_address(token) if token else "")
    try:
        send(account.email, SUBJECTS.get(row.kind, SUBJECT), words)
    except OSError as trouble:  # the mail server is away or refuses: its own words may name the address
        return type(trouble).__name__
    return ""
