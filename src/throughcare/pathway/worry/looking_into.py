"""Staff look into a worry: find out whom it means, undo a mistake, write what was done."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.worry_words import OUTCOMES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, CannotSee, require
from throughcare.pathway.message.outbox import put_message, to_account
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.seat.seat_telling import therapists_of
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient
from throughcare.records.worries import Worry, WorryEnd, WorryMatch

KIND = "worry"
LONGEST = 2000
SUBJECT, WORDS = "Something waits for you", "Something new waits for you. Sign in to read it."


@transaction.atomic
def find_whom(worry: UUID, patient: UUID, *, by: Actor, at: datetime) -> None:
    """Say whom a worry means; their therapist is told that something waits. Raises `Cannot` and `CannotSee`."""
    row = _open(worry, by=by)
    if row.matches.filter(ended_at__isnull=True).exists():
        raise Cannot("Somebody found out already whom this means. Undo that first if it is wrong.")
    found = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    WorryMatch.objects.create(
        organization_id=by.organization,
        worry=row,
        patient=found,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    _tell_therapist(row, found, by=by, at=at)


@transaction.atomic
def undo_whom(worry: UUID, *, by: Actor, at: datetime) -> None:
    """It was somebody else: the worry stands in nobody's record any more."""
    row = _open(worry, by=by)
    match = row.matches.select_related("patient").filter(ended_at__isnull=True).first()
    if match is None:
        raise Cannot("Nobody has said yet whom this means.")
    open_patient(match.patient, kind=KIND, by=by, at=at, verb="change")
    match.ended_at = at
    match.save(update_fields=["ended_at"])


@transaction.atomic
def end_worry(worry: UUID, *, outcome: str, words: str = "", by: Actor, at: datetime) -> None:
    """Write what was done about a worry. Raises `Cannot`."""
    row = _open(worry, by=by)
    if outcome not in OUTCOMES:
        raise Cannot("Choose what was done.", field="outcome")
    if len(words) > LONGEST:
        raise Cannot(f"Shorten this to {LONGEST} characters.", field="words")
    match = row.matches.select_related("patient").filter(ended_at__isnull=True).first()
    if match is not None:
        open_patient(match.patient, kind=KIND, by=by, at=at, verb="change")
    elif outcome in ("looked_into", "told_team"):
        raise Cannot("Say first whom it means.", field="outcome")
    WorryEnd.objects.create(
        organization_id=by.organization,
        worry=row,
        outcome=outcome,
        words=words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )


def _open(worry: UUID, *, by: Actor) -> Worry:
    """A worry that still goes on, held for this change."""
    require(may_access(KIND, by=by, verb="change"), CannotSee)
    rows = Worry.objects.select_for_update(of=("self",)).filter(organization_id=by.organization)
    row = rows.filter(uid=worry).first()
    if row is None:
        raise Absent("worry")
    if WorryEnd.objects.filter(worry=row).exists():
        raise Cannot("It was written already what was done about this.")
    return row


def _tell_therapist(row: Worry, patient: Patient, *, by: Actor, at: datetime) -> None:
    stays = Episode.objects.filter(patient=patient, ended_at__isnull=True).values_list("pk", flat=True)
    for therapist in therapists_of(list(stays)).values():
        account = therapist.account_id
        if account is not None and account != by.account:
            put_message(
                to_account(account),
                subject=SUBJECT,
                words=WORDS,
                key=f"worry {row.uid} {patient.uid}",
                organization=by.organization,
                at=at,
            )
