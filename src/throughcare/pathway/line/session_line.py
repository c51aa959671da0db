"""Lines for single sessions: who waits, and who gets a seat that comes free, in order and by rule.

A person is always held before a session. Whoever fills a line holds the session and takes only people whom nobody
else holds at that moment; the rest is left to the next round of the worker.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import week_of
from throughcare.knowledge.waiting_lines import SETTINGS, answer_by
from throughcare.pathway.actor import Actor, the_program
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_work import note_own_work
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.seat.seat_telling import tell_of_seat
from throughcare.pathway.seat.seats import appointment
from throughcare.pathway.seat.weighing import WEEK, absentees, describe_sessions, weigh_make_up
from throughcare.pathway.session.session_rows import find_session
from throughcare.records.episodes import Episode
from throughcare.records.offers import MakeUpOffer
from throughcare.records.people import Patient
from throughcare.records.sessions import Session
from throughcare.records.waiting import HeldSeat, SessionWait

SEATED, LEFT, OVER = "seated", "left", "over"


@dataclass(frozen=True)
class Moved:
    """Someone (key) who moved up in a line, in their organization (key)."""

    organization: int
    patient: int


def lines_of(sessions: Collection[int]) -> dict[int, list[int]]:
    """Who waits (keys) for each session (key), the first in line first."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = SessionWait.objects.filter(session__in=sessions, ended_at__isnull=True).order_by("pk")
    for session, patient in rows.values_list("session", "patient"):
        found[session].append(patient)
    return found


def place_in(line: Sequence[int], patient: int) -> int | None:
    """Someone's place in a line; the first is 1."""
    return line.index(patient) + 1 if patient in line else None


def enter_line(session: Session, episode: Episode, *, by: Actor, at: datetime) -> None:
    """Put a person at the end of a session's line, once. For pathway modules that hold the session."""
    SessionWait.objects.get_or_create(
        session=session,
        patient=episode.patient,
        ended_at=None,
        defaults={
            "organization_id": by.organization,
            "episode": episode,
            "recorded_by_id": by.account,
            "recorded_at": at,
        },
    )


def answer_offers(patient: int, day: date, *, at: datetime) -> None:
    """A person (key) took a seat in this day's week: what was offered to them for it is answered."""
    monday = week_of(day)
    MakeUpOffer.objects.filter(
        patient=patient, local_day__gte=monday, local_day__lt=monday + WEEK, ended_at__isnull=True
    ).update(ended_at=at, how="taken")


def end_waits(sessions: Collection[int], patient: int, *, how: str, at: datetime) -> int:
    """A person (key) waits no longer for these sessions (keys); how many they waited for."""
    waits = SessionWait.objects.filter(session__in=sessions, patient=patient, ended_at__isnull=True)
    return waits.update(ended_at=at, how=how)


def leave_line(session: UUID, patient: UUID, *, by: Actor, at: datetime) -> None:
    """A person waits no longer for a session. Raises `Absent` where they don't."""
    person = open_patient(patient, kind="make_up", by=by, at=at, verb="change")
    found = find_session(session, by=by)
    with transaction.atomic():
        # Held, so that whoever fills the line meanwhile passes over this person.
        Patient.objects.select_for_update(no_key=True).get(pk=person.pk)
        if not end_waits([found.pk], person.pk, how=LEFT, at=at):
            raise Absent("place in line")


def fill_sessions(sessions: Collection[int], *, at: datetime) -> int:
    """Give the free seats of sessions (keys) to those in line; how many. For pathway modules, in their transaction.

    As the last thing that they hold: the end of the book of accesses is held after it, and always last.
    """
    moved = fill_seats(sessions, at=at)
    note_moved(moved, "make_up", at=at)
    return len(moved)


def fill_seats(sessions: Collection[int], *, at: datetime) -> list[Moved]:
    """As `fill_sessions`, but leaves it to the caller to write in the book who moved up."""
    waited_for = SessionWait.objects.filter(
        session__in=sessions,
        ended_at__isnull=True,
        session__cancelled_at__isnull=True,
        session__starts_at__gt=at,
    )
    keys = sorted(set(waited_for.values_list("session", flat=True)))
    held = Session.objects.select_for_update(of=("self",)).select_related("group", "room", "site")
    return [one for key in keys for one in fill_session(held.get(pk=key), at=at)]


def note_moved(moved: Sequence[Moved], kind: str, *, at: datetime) -> None:
    """Write in the book who moved up in a line."""
    for organization in {one.organization for one in moved}:
        people = [one.patient for one in moved if one.organization == organization]
        note_own_work("lines for seats", kind, people, organization=organization, at=at)


def fill_session(session: Session, *, at: datetime) -> list[Moved]:
    """Give a session's free seats to the first in line whose week still fits; who that is. The caller holds it."""
    own = numbers(*SETTINGS, organization=session.organization_id, on=session.local_day)
    until = answer_by(at, session.starts_at, own=own)
    waits = SessionWait.objects.filter(session=session, ended_at__isnull=True, episode__ended_at__isnull=True)
    line = list(waits.select_related("episode__patient", "episode__site").order_by("pk"))
    if until is None or not line:
        return []
    by, monday = the_program(session.organization_id), week_of(session.local_day)
    free = Patient.objects.select_for_update(skip_locked=True, no_key=True).filter(
        pk__in=[one.patient_id for one in line]
    )
    reachable = set(free.values_list("pk", flat=True))
    sessions = describe_sessions([session], monday=monday, by=by)
    people = absentees([one.episode for one in line], monday, by=by, at=at)
    seated = []
    for wait in line:
        if wait.patient_id not in reachable:
            break
        placing = weigh_make_up(session, people[wait.patient_id], sessions, at=at)
        if placing.full:
            break
        if not placing.refusals:
            _hold_seat(wait, session, until=until, at=at)
            sessions.seated[session.pk].add(wait.patient_id)
            seated.append(Moved(session.organization_id, wait.patient_id))
    return seated


def _hold_seat(wait: SessionWait, session: Session, *, until: datetime, at: datetime) -> None:
    """The seat is theirs until they say no or say nothing for too long; they and their therapist are told."""
    seat = appointment(session, wait.patient_id, episode=wait.episode_id, at=at, recorded_by=None)
    seat.is_make_up = True
    seat.save(force_insert=True)
    SessionWait.objects.filter(pk=wait.pk).update(ended_at=at, how=SEATED)
    HeldSeat.objects.create(
        organization_id=session.organization_id,
        wait=wait,
        appointment=seat,
        answer_by=until,
        recorded_at=at,
    )
    tell_of_seat(wait.episode, "seat_held", session=session, at=at)


def answer_held_seat(session: UUID, patient: UUID, *, takes: bool, by: Actor, at: datetime) -> None:
    """Say that a person takes the seat that is held for them, or that it may go to the next in line.

    Raises `Absent` where no seat is held, `Cannot` once the time to answer is over.
    """
    # The desk before the transaction: whoever writes in the book at once holds its end until the transaction ends.
    person = open_patient(patient, kind="make_up", by=by, at=at, verb="change")
    found = find_session(session, by=by)
    with transaction.atomic():
        Patient.objects.select_for_update(no_key=True).get(pk=person.pk)
        Session.objects.select_for_update().get(pk=found.pk)
        held = HeldSeat.objects.filter(
            appointment__session=found, appointment__patient=person, appointment__released_at__isnull=True
        ).first()
        if held is None:
            raise Absent("seat")
        if held.answered_at is not None:
            raise Cannot("This was answered already.")
        if at > held.answer_by:
            raise Cannot("The time to answer is over. Look what else is free.")
        if takes:
            end_holding(held, "taken", at=at)
            answer_offers(person.pk, found.local_day, at=at)
        else:
            give_on(held, "declined", because="Declined the seat", at=at)


def end_holding(held: HeldSeat, answer: str, *, at: datetime) -> None:
    """Write down what became of a held seat."""
    HeldSeat.objects.filter(pk=held.pk).update(answered_at=at, answer=answer)


def give_on(held: HeldSeat, answer: str, *, because: str, at: datetime) -> None:
    """Free a held seat and give it to the next in line, in one go. The caller holds the person and the session."""
    end_holding(held, answer, at=at)
    seat = held.appointment
    type(seat).objects.filter(pk=seat.pk).update(released_at=at, released_because=because)
    fill_sessions([seat.session_id], at=at)
