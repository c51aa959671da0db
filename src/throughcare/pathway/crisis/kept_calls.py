"""Calls for help that the database could not take: kept sealed on disk, and raised as soon as it is back.

The person is told that nobody was paged yet. Who called is read from the page that they called from, where it stands
sealed: while the database is away nobody can be looked up.
"""

import json
import logging
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction

from throughcare.keys import CannotOpen, seal, unseal
from throughcare.pathway import kept_files
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.actor import Actor, the_program
from throughcare.pathway.crisis.own import call_about, call_for_help
from throughcare.pathway.crisis.raising import raise_about_someone, raise_crisis

FOLDER = "late-crises"
PLACE, CALLER_PLACE = "late crisis", "caller"
# A process that took a call and died gives it back after this.
STALE_SECONDS = 15.0
OWN, ABOUT, STAFF, CALL = "own", "about", "staff", "call"
log = logging.getLogger("throughcare.crises")


@dataclass(frozen=True)
class Caller:
    """Who calls, as their page knew it: keys of organization and account, the patient it is about, and which page.

    `mark` binds it to the browser's session.
    """

    organization: int
    account: int
    way: str
    mark: str
    patient: UUID | None = None


@dataclass(frozen=True)
class KeptCall:
    """One call as it was kept."""

    caller: Caller
    words: str
    callback: str
    key: str
    pressed_at: datetime
    priority: str = "P1"
    said_name: str = ""


def sealed_caller(way: str, *, mark: str, patient: UUID | None = None, by: Actor) -> str:
    """Who calls from a page, sealed for its form; empty for whoever has no account."""
    if by.account is None:
        return ""
    caller = Caller(by.organization, by.account, way, mark, patient)
    return seal(json.dumps(asdict(caller), default=str), place=CALLER_PLACE)


def caller_of(sealed: str, *, mark: str) -> Caller | None:
    """Who calls; None for words that we did not seal, or not for this browser's session."""
    try:
        told = json.loads(unseal(sealed, place=CALLER_PLACE))
        caller = _caller(told)
    except (CannotOpen, ValueError, KeyError, TypeError):
        return None
    return caller if mark and caller.mark == mark else None


def keep_call(call: KeptCall) -> None:
    """On the disk before this returns. Raises `OSError` where even that fails."""
    kept_files.keep(FOLDER, asdict(call), place=PLACE)
    log.critical("a call for help was kept on disk: the database could not take it")


def kept_calls() -> int:
    """How many wait."""
    return len(kept_files.kept(FOLDER))


def raise_kept_calls(*, at: datetime) -> str:
    """Raise what was kept, the oldest first; in words. Raises what kept the first of them from it."""
    raised = 0
    for path in kept_files.claimed(FOLDER, stale_seconds=STALE_SECONDS):
        try:
            call = _read(path)
        except (CannotOpen, ValueError, KeyError, TypeError):
            log.critical("a call for help that was kept can't be opened; it stays where it is")
            continue
        try:
            _raise(call, at=at)
        except Exception:
            kept_files.give_back(path)
            raise
        path.unlink()
        raised += 1
    return f"{raised} raised" if raised else "nothing was kept"


def _raise(call: KeptCall, *, at: datetime) -> None:
    """As the caller, if they may still; else as a call about somebody: none is dropped."""
    by = actor_for(call.caller.account)
    # A clock that was set back since does not hold a call up.
    pressed = min(call.pressed_at, at)
    if by is not None and by.organization == call.caller.organization:
        try:
            with transaction.atomic():
                _as_caller(call, pressed, by=by, at=at)
        except DatabaseError:
            raise
        except Exception:  # whatever is in the way of the caller's own call is not in the way of this one
            log.exception("a call that was kept is raised without its caller")
        else:
            return
    raise_about_someone(
        call.said_name,
        priority=call.priority,
        words=call.words or "Somebody pressed “Get help now” while the program was away.",
        key=call.key,
        callback=call.callback,
        happened_at=pressed,
        by=the_program(call.caller.organization),
        at=at,
    )


def _as_caller(call: KeptCall, pressed: datetime, *, by: Actor, at: datetime) -> None:
    said: dict[str, Any] = {"key": call.key, "happened_at": pressed, "by": by, "at": at}
    about = call.caller.patient
    if call.caller.way == OWN:
        call_for_help(call.words, call.callback, **said)
    elif call.caller.way == ABOUT and about:
        call_about(about, call.words, call.callback, **said)
    elif call.caller.way == STAFF and about:
        told: dict[str, Any] = {"priority": call.priority, "words": call.words, "callback": call.callback}
        raise_crisis(about, source="staff", **told, **said)
    else:
        told = {"priority": call.priority, "words": call.words, "callback": call.callback}
        raise_about_someone(call.said_name, **told, **said)


def _read(path: Path) -> KeptCall:
    told = kept_files.read(path, place=PLACE)
    said = {one.name: told[one.name] for one in fields(KeptCall)}
    pressed = datetime.fromisoformat(said["pressed_at"])
    return KeptCall(**{**said, "caller": _caller(said["caller"]), "pressed_at": pressed})


def _caller(told: dict[str, Any]) -> Caller:
    patient = told["patient"]
    said = {one.name: told[one.name] for one in fields(Caller)}
    return Caller(**{**said, "patient": UUID(patient) if patient else None})


def oldest_waits(*, at: datetime) -> timedelta:
    """How long the oldest kept call has waited; nothing where none does."""
    moments = [int(path.name.partition("-")[0]) / 1e9 for path in kept_files.kept(FOLDER)]
    return timedelta(seconds=max(0.0, at.timestamp() - min(moments))) if moments else timedelta()
