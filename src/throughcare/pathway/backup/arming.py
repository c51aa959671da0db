"""Letting a restored system send, once a person has looked at it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from throughcare.pathway.cannot import Cannot
from throughcare.pathway.message.marking import settle
from throughcare.records.messages import Message
from throughcare.records.restorations import Arming, Restoration
from throughcare.records.signing_in import DoorMail

RESTORED = "restored"


@dataclass(frozen=True)
class Armed:
    """What became of the messages that waited in the backup: set aside, or left to be sent now."""

    set_aside: int
    left: int


@transaction.atomic
def arm(*, operator: str, send_what_waited: bool = False, at: datetime) -> Armed:
    """Let this database send again. Raises `Cannot` when it was not put back from a backup, or is armed.

    What waited in the backup may have left the lost system since: it is set aside unless `send_what_waited`. What was
    written here while it was held goes out now, and crises that nobody has taken climb on.
    """
    if not operator.strip():
        raise Cannot("Say who arms it: a name stands beside this for ever.", field="operator")
    waiting = Restoration.objects.select_for_update(of=("self",)).filter(arming__isnull=True).order_by("pk")
    held = list(waiting)
    if not held:
        raise Cannot("Nothing is held here: this database sends already.")
    before = held[-1].restored_at
    messages = Message.objects.filter(
        settled_at__isnull=True, ways__finished_at__isnull=True, recorded_at__lt=before
    )
    keys = list(messages.order_by("pk").distinct().values_list("pk", flat=True))
    mails = DoorMail.objects.filter(sent_at__isnull=True, made_at__lt=before)
    waited = len(keys) + mails.count()
    if not send_what_waited:
        for key in keys:
            settle(key, RESTORED, at=at)
        mails.update(sent_at=at, words="", trouble=RESTORED)
    for row in held:
        Arming.objects.create(
            restoration=row,
            operator=operator.strip(),
            set_aside=0 if send_what_waited else waited,
            armed_at=at,
        )
    return Armed(0, waited) if send_what_waited else Armed(waited, 0)
