"""Who is on call in the story, and the crises of its last days: one closed, one handed over, one that waits now."""

from datetime import time, timedelta
from uuid import UUID

from throughcare.faces.cli.story.days import Cast
from throughcare.pathway.crisis.answering import close_crisis, take_crisis
from throughcare.pathway.crisis.log_entries import NewEntry, log_entry
from throughcare.pathway.crisis.raising import raise_crisis
from throughcare.pathway.on_call.handover import leave_handover
from throughcare.pathway.on_call.planning import NewRota, NewSwap, plan_rota, swap

LINES = {
    "Main": (("main-1", "main-2", "intake"), ("nurse", "main-3")),
    "North": (("north-1", "north-2"), ("north-3", "director")),
}


def tell_of_crises(cast: Cast) -> None:
    """Turns of a week at both sites, a swap, a handover note, and three crises."""
    actors, now = cast.clinic.actors, cast.now
    began = now - timedelta(days=30)
    for site, (primary, backup) in LINES.items():
        turns = [[_account(cast, code) for code in line] for line in (primary, backup)]
        monday = (began - timedelta(days=began.weekday())).date()
        rota = NewRota(monday, time(8), 7, *turns)
        plan_rota(cast.clinic.sites[site], rota, by=cast.clinic.program, at=began)
    taken = NewSwap(
        "primary", _account(cast, "intake"), now + timedelta(days=9), now + timedelta(days=11), "A wedding"
    )
    swap(cast.clinic.sites["Main"], taken, by=actors["intake"], at=now - timedelta(days=1))
    leave_handover(
        cast.clinic.sites["Main"], "Quiet night. One person may call about a ride.", by=actors["nurse"],
        at=now - timedelta(hours=3),
    )  # fmt: skip
    people = [patient for patient, life in cast.lives.items() if life.leaves is None and life.site == "Main"]
    for tell, patient in zip((_closed, _handed_over, _waits), people[3:], strict=False):
        tell(cast, patient)


def _closed(cast: Cast, patient: UUID) -> None:
    at, by = cast.now - timedelta(days=2, hours=5), cast.clinic.actors["main-1"]
    crisis = raise_crisis(
        patient, priority="P2", source="check_in", words="It is too much today", by=cast.clinic.program, at=at
    )
    take_crisis(crisis, by=by, at=at + timedelta(minutes=7))
    for minutes, entry in (
        (15, NewEntry("reached", choice="person")),
        (32, NewEntry("screened", words="Questions 1 and 2 yes, the others no")),
        (40, NewEntry("plan_checked", words="Called the sister together")),
    ):
        log_entry(crisis, entry, by=by, at=at + timedelta(minutes=minutes))
    close_crisis(crisis, words="Comes tomorrow", by=by, at=at + timedelta(minutes=45))


def _handed_over(cast: Cast, patient: UUID) -> None:
    at, by = cast.now - timedelta(hours=14), cast.clinic.actors["nurse"]
    crisis = raise_crisis(
        patient, priority="P1", source="text", words="HELP I have pills", by=cast.clinic.program, at=at
    )
    take_crisis(crisis, by=by, at=at + timedelta(minutes=14))
    for minutes, entry in (
        (16, NewEntry("reached", choice="person")),
        (30, NewEntry("ems", whom="Dispatcher 12")),
        (45, NewEntry("disposition", choice="emergency_department")),
        (50, NewEntry("handoff", whom="RN Lowe, City ED")),
    ):
        log_entry(crisis, entry, by=by, at=at + timedelta(minutes=minutes))


def _waits(cast: Cast, patient: UUID) -> None:
    raise_crisis(
        patient,
        priority="P2",
        source="button",
        words="I can't stop thinking of using",
        by=cast.clinic.program,
        at=cast.now - timedelta(minutes=6),
    )


def _account(cast: Cast, code: str) -> UUID:
    account = cast.clinic.actors[code].account_uid
    if account is None:
        raise RuntimeError("somebody in the story can't sign in")
    return account
