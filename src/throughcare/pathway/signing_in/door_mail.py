"""Messages about signing in. They name no clinic, no treatment and no person: anyone may stand beside the phone."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.keys import seal, unseal
from throughcare.knowledge.notifications import ALL as TOLD_OF
from throughcare.knowledge.notifications import TEXT, Wishes
from throughcare.pathway.holding import is_held
from throughcare.pathway.message.language import in_language_of
from throughcare.pathway.message.outbox import put_message, to_patient
from throughcare.pathway.notification.standing import tell_at, wishes_of
from throughcare.pathway.privacy.own_work import note_own_work
from throughcare.pathway.privacy.reaching import may_reach_patient
from throughcare.records.consents import FamilyAccount, PatientAccount
from throughcare.records.people import Account
from throughcare.records.signing_in import DoorMail

PLACE = "door mail"
SUBJECT = "About signing in"
SUBJECTS = {
    "privacy_notice": "Something waits for you",
    "week_changed": "Something changed in your week",
    "session_soon": "Something is coming up",
    "seat_waits": "Something waits for you",
}
WORDS = {
    "reset": (
        "Someone asked to choose a new password for this address. If it was you, open this link within ten minutes, "
        "in the browser in which you asked:\n\n{link}\n\nIf it was not you, do nothing: your password stays as it is."
    ),
    "sign_in": (
        "Here is your link. It works once, for ten minutes, in the browser in which you asked for it:\n\n{link}\n\n"
        "If it was not you, do nothing: nobody comes in without this link."
    ),
    "link_used": (
        "Someone signed in with a link that was sent to your phone. If it was you, there is nothing to do. If it was "
        "not, sign in, sign out everywhere else, and choose where links may go."
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
    "session_soon": "Something in your week is coming up. Sign in to read when and where.",
    "seat_waits": "Something in your week waits for your answer. Sign in: it stands on your first page.",
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

# What goes by text message, to the phone of the person's own record.
BY_TEXT = {
    "sign_in_text": (
        "Your link. It works once, for ten minutes, in the browser in which you asked: {link}\n"
        "If it was not you, do nothing."
    ),
    "link_used_text": (
        "Someone signed in with a link that was sent to your e-mail address. If it was not you, sign in and sign out "
        "everywhere else."
    ),
}
LINKS = ("reset", "sign_in", "sign_in_text")

ASKED_FOR_NONE, NOT_WISHED = "asked for no e-mail", "not wished"
MOST_AT_ONCE = 200
LINK_LASTS = timedelta(minutes=10)
REMINDER_LASTS = timedelta(hours=1)
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
    if is_held():
        return "held: this database was put back from a backup and is not armed"
    sent = failed = 0
    told: list[Account] = []
    # A link that is over would only puzzle.
    DoorMail.objects.filter(sent_at__isnull=True, kind__in=LINKS, made_at__lt=at - LINK_LASTS).update(
        sent_at=at, words="", trouble="too late"
    )
    # One of something that has begun too.
    DoorMail.objects.filter(
        sent_at__isnull=True, kind="session_soon", made_at__lt=at - REMINDER_LASTS
    ).update(sent_at=at, words="", trouble="too late")
    waiting = list(
        DoorMail.objects.select_related("account").filter(sent_at__isnull=True).order_by("pk")[:2_000]
    )
    wishes = wishes_of({row.account_id for row in waiting if row.account_id})
    ready = [row for row in waiting if not _is_quiet(row, wishes.get(row.account_id or 0), at=at)]
    for row in ready[:MOST_AT_ONCE]:
        wished = wishes.get(row.account_id or 0) or Wishes()
        trouble = _send_one(row, row.account, wished, send, link_address, at=at) if row.account else ""
        with transaction.atomic():
            over = {"trouble": trouble, "sent_at": at, "words": ""}
            changed = over if trouble in ("", ASKED_FOR_NONE, NOT_WISHED) else {"trouble": trouble}
            DoorMail.objects.filter(pk=row.pk).update(**changed)
        failed, sent = failed + bool(trouble), sent + (not trouble)
        if row.account and not trouble:
            told.append(row.account)
    _note_told(told, at=at)
    return f"{sent} sent, {failed} failed"


def _is_quiet(row: DoorMail, wishes: Wishes | None, *, at: datetime) -> bool:
    """Whether it waits for the end of somebody's quiet hours: what is about signing in never does."""
    if wishes is None or row.account is None or row.kind not in TOLD_OF:
        return False
    return tell_at(wishes, organization=row.account.organization_id, at=at) > at


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


def _send_one(
    row: DoorMail,
    account: Account,
    wishes: Wishes,
    send: Send,
    link_address: Callable[[str], str],
    *,
    at: datetime,
) -> str:
    if not wishes.wants(row.kind):
        return NOT_WISHED
    token = unseal(row.words, place=PLACE)
    link = link_address(token) if token else ""
    by_text = row.kind in BY_TEXT or (row.kind in TOLD_OF and wishes.way == TEXT)
    with in_language_of(account=account.pk):
        words = _((BY_TEXT if row.kind in BY_TEXT else WORDS)[row.kind]).format(link=link)
        subject = _(SUBJECTS.get(row.kind, SUBJECT))
    if by_text:
        return _as_text(row, account, subject, words, at=at)
    own = PatientAccount.objects.filter(account=account, ended_at__isnull=True).values_list(
        "patient", flat=True
    )
    if not all(may_reach_patient(patient, "email") for patient in own):
        return ASKED_FOR_NONE
    try:
        send(account.email, subject, words)
    except OSError as trouble:  # the mail server is away or refuses: its own words may name the address
        return type(trouble).__name__
    return ""


def _as_text(row: DoorMail, account: Account, subject: str, words: str, *, at: datetime) -> str:
    """Hand it to the outbox for the person's own phone; whether it may go there is asked when it is sent."""
    own = PatientAccount.objects.filter(account=account, ended_at__isnull=True)
    patient = own.values_list("patient", flat=True).first()
    if patient is not None:
        put_message(
            to_patient(patient),
            subject=subject,
            words=words,
            key=f"door {row.pk}",
            ways=(TEXT,),
            organization=account.organization_id,
            at=at,
            ends_at=row.made_at + LINK_LASTS if row.kind in LINKS else None,
        )
    return ""
