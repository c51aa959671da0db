"""Make-up sessions: a seat for one time at a session, for someone who missed another."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.hours import WeekLedger, would_come_to
from throughcare.knowledge.recording.plain_hours import plain_sum
from throughcare.knowledge.session_types import session_type
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, require
from throughcare.pathway.line.session_line import (
    SEATED,
    answer_offers,
    end_waits,
    enter_line,
    fill_session,
    lines_of,
    note_moved,
    place_in,
)
from throughcare.pathway.make_up.offers import MakeUp, MakeUps, TakenSeat
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.program_settings import number
from throughcare.pathway.seat.seats import appointment
from throughcare.pathway.seat.weighing import (
    WEEK,
    Absentee,
    Sessions,
    absentees,
    describe_sessions,
    fits_alone,
    group_sessions_left,
    weigh_make_up,
)
from throughcare.pathway.session.hours import hours_of_week
from throughcare.pathway.session.session_rows import find_session, place_of, treatment_minutes
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session


def make_ups(patient: UUID, *, by: Actor, at: datetime, week: date | None = None) -> MakeUps:
    """What is left of a week for a person who missed hours: every group session that counts, with its verdict.

    `week` is any day of the week, this one if left out. Raises `Cannot` for someone who is not in the program.
    """
    episode = open_in_care(open_patient(patient, kind="make_up", by=by, at=at))
    zone, key = episode.site.time_zone, episode.patient_id
    today = local_day(at, zone)
    monday = week_of(week or today, number("week_start", organization=by.organization, on=today))
    ledger = hours_of_week([key], monday, zone=zone, organization=by.organization, at=at)[key]
    found = [] if monday + WEEK <= today else _choices(episode, monday, ledger, by=by, at=at)
    return MakeUps(
        patient=episode.patient.uid,
        time_zone=zone,
        monday=monday,
        is_over=monday + WEEK <= today,
        week=ledger,
        offered=tuple(one for one in found if one.placing.verdict),
        refused=tuple(one for one in found if not one.placing.verdict),
    )


def book_make_up(session: UUID, patient: UUID, *, by: Actor, at: datetime) -> UUID:
    """Expect a person at one session that makes up for a missed one; its hours add to what is delivered only.

    Raises `Cannot` with every reason that `make_ups` gives against it, also when it is full: see `take_seat`.
    """
    person, found = _open(session, patient, by=by, at=at)
    with transaction.atomic():
        episode = _hold(found, person)
        absentee, sessions = _facts(found, episode, by=by, at=at)
        require(weigh_make_up(found, absentee, sessions, at=at).verdict)
        return give_make_up(found, episode, by=by, at=at).uid


def take_seat(
    session: UUID, patient: UUID, *, by: Actor, at: datetime, by_themself: bool = False
) -> TakenSeat:
    """Take a seat that makes up for a missed session; where all are taken, a place in line for it.

    Whoever asks while others wait comes after them. `by_themself`: only what a person may take without being asked
    again. Raises `Cannot` for whatever else speaks against it.
    """
    person, found = _open(session, patient, by=by, at=at)
    with transaction.atomic():
        episode = _hold(found, person)
        absentee, sessions = _facts(found, episode, by=by, at=at)
        placing = weigh_make_up(found, absentee, sessions, at=at)
        if by_themself and not fits_alone(found, absentee, sessions, placing, at=at):
            raise Cannot(
                "This session doesn't fit your week any more. Choose another, or ask your therapist."
            )
        if not placing.is_only_full:
            require(placing.verdict)
        if not placing.full and not lines_of([found.pk])[found.pk]:
            return TakenSeat(give_make_up(found, episode, by=by, at=at).uid)
        return _wait(found, episode, is_full=bool(placing.full), by=by, at=at)


def _wait(session: Session, episode: Episode, *, is_full: bool, by: Actor, at: datetime) -> TakenSeat:
    """Stand in line; where seats are free, whoever is first there has them, and that may be this person."""
    enter_line(session, episode, by=by, at=at)
    if not is_full:
        note_moved(fill_session(session, at=at), "make_up", at=at)
    seats = Appointment.objects.filter(session=session, patient=episode.patient_id, released_at__isnull=True)
    seat = seats.values_list("uid", flat=True).first()
    line = lines_of([session.pk])[session.pk]
    return TakenSeat(seat, None if seat else place_in(line, episode.patient_id))


def give_make_up(session: Session, episode: Episode, *, by: Actor, at: datetime) -> Appointment:
    """Write the seat. For pathway modules that hold the person and the session, and asked every rule."""
    seat = appointment(session, episode.patient_id, episode=episode.pk, at=at, recorded_by=by.account)
    seat.is_make_up = True
    seat.save(force_insert=True)
    end_waits([session.pk], episode.patient_id, how=SEATED, at=at)
    answer_offers(episode.patient_id, session.local_day, at=at)
    return seat


def open_in_care(person: Patient) -> Episode:
    """The person's running episode with patient and site. Raises `Cannot`."""
    running = Episode.objects.select_related("patient", "site").filter(patient=person, ended_at__isnull=True)
    episode = running.first()
    if episode is None:
        raise Cannot("This person is not in the program now.")
    return episode


def _open(session: UUID, patient: UUID, *, by: Actor, at: datetime) -> tuple[Patient, Session]:
    """The person and the session, before the transaction: whoever writes in the book holds its end until it ends."""
    person = open_patient(patient, kind="make_up", by=by, at=at, verb="change")
    return person, find_session(session, by=by)


def _hold(session: Session, person: Patient) -> Episode:
    """Hold the person first, then the seats, so that two at once see each other; the person's episode."""
    Patient.objects.select_for_update(no_key=True).get(pk=person.pk)
    Session.objects.select_for_update().get(pk=session.pk)
    return open_in_care(person)


def _facts(session: Session, episode: Episode, *, by: Actor, at: datetime) -> tuple[Absentee, Sessions]:
    monday = week_of(session.local_day)
    absentee = absentees([episode], monday, by=by, at=at)[episode.patient_id]
    return absentee, describe_sessions([session], monday=monday, by=by)


def _choices(episode: Episode, monday: date, ledger: WeekLedger, *, by: Actor, at: datetime) -> list[MakeUp]:
    """The week's group sessions at the person's site that are left and that they are not expected at anyway."""
    absentee = absentees([episode], monday, by=by, at=at)[episode.patient_id]
    sessions = group_sessions_left([episode.site_id], monday, by=by, at=at)
    lines = lines_of([row.pk for row in sessions.rows])
    return [
        _choice(row, absentee, sessions, line=lines[row.pk], ledger=ledger, at=at)
        for row in sessions.rows
        if row.pk not in absentee.expected_at
    ]


def _choice(
    session: Session,
    absentee: Absentee,
    sessions: Sessions,
    *,
    line: list[int],
    ledger: WeekLedger,
    at: datetime,
) -> MakeUp:
    minutes = treatment_minutes(session)
    placing = weigh_make_up(session, absentee, sessions, at=at)
    return MakeUp(
        session=session.uid,
        title=session.title,
        kind=session_type(session.session_type).title,
        is_prescribed=session.session_type in absentee.planned,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place_held=place_of(session),
        led_by=tuple(sessions.led_by.get(session.pk, {}).values()),
        minutes=minutes,
        taken=len(sessions.seated.get(session.pk, ())),
        capacity=session.capacity,
        comes_to=would_come_to(ledger, minutes=minutes),
        plain_sum=plain_sum(ledger, minutes=minutes),
        placing=placing,
        fits_alone=fits_alone(session, absentee, sessions, placing, at=at),
        waiting=len(line),
        place=place_in(line, absentee.person.episode.patient_id),
    )
