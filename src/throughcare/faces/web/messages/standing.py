"""How the sending stands, for the banner on every page of staff: looked at beside the requests, so that none waits."""

import logging
import threading
import time

from django.db import close_old_connections
from django.utils import timezone

from throughcare.faces.web.restored import take_note_of_hold
from throughcare.knowledge.roles import STAFF
from throughcare.pathway.actor import Actor
from throughcare.pathway.holding import held
from throughcare.pathway.message.watch import Alarm, alarms, room_alarms

LOOKS_EVERY_SECONDS = 5.0
log = logging.getLogger("throughcare.watchdog")
_found: tuple[Alarm, ...] = ()


def keep_looking() -> None:
    """Look every few seconds for as long as this server process lives."""
    threading.Thread(target=_look_on, name="how messages stand", daemon=True).start()


def _look_on() -> None:
    while True:
        try:
            close_old_connections()
            take_note((*alarms(at=timezone.now()), *room_alarms()))
            take_note_of_hold(held())
        except Exception:
            log.exception("how messages stand could not be looked at")
        time.sleep(LOOKS_EVERY_SECONDS)


def take_note(found: tuple[Alarm, ...]) -> None:
    """Remember what was found."""
    global _found
    _found = found


def troubles_for(actor: Actor) -> list[str]:
    """What staff must know of the sending, in sentences; of their own organization and of what touches all."""
    if not _found or not actor.holds(*STAFF):
        return []
    return [one.in_words() for one in _found if one.organization in (None, actor.organization)]
