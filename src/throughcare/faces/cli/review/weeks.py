"""The weeks in the program: sessions that were kept and written down, a review, a farewell."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from throughcare.faces.cli.review.clinics import Place
from throughcare.faces.cli.review.lives import MEASURES, Life, clock
from throughcare.faces.cli.review.said import speak
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.attendance.roster import session_room
from throughcare.pathway.care_plan.care_plan import start_plan
from throughcare.pathway.care_plan.care_plan_view import care_plan_view
from throughcare.pathway.care_plan.plan_review import sign_review
from throughcare.pathway.discharge.aftercare import NextVisit
from throughcare.pathway.discharge.discharge import discharge_patient
from throughcare.pathway.group.group import join_group
from throughcare.pathway.measure.measure import record_measure
from throughcare.pathway.note.deleted_drafts import delete_own
from throughcare.pathway.note.group_note import sign_notes
from throughcare.pathway.note.page import add_addendum
from throughcare.pathway.note.parts import OwnPart, write_parts
from throughcare.pathway.note.shared_drafts import share_draft
from throughcare.pathway.note.typed import TypedNote
from throughcare.pathway.session.today import DaySession, sessions_today
from throughcare.pathway.timetable.rules.never_with import keep_from_staff
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.canceling import cancel_for_one
from throughcare.pathway.week.commitments import keep_apart
from throughcare.pathway.week.schedule import book_series, extend_sessions

AHEAD = timedelta(weeks=3)


def join_evenings(life: Life, *, day: date) -> None:
    """Into the group that meets on three evenings."""
    if life.episode is None:
        raise RuntimeError("nobody joins a group without an episode")
    join_group(
        life.place.groups[0],
        life.episode,
        from_date=day,
        by=life.place.program,
        at=clock(day, 12),
        despite_warnings=True,
    )


def book_alone(life: Life, role: str, *, day: date, hour: int, weeks: int = 2) -> tuple[UUID, ...]:
    """One-to-ones, weekly from a day on."""
    kind = "case-management" if role == "case_manager" else "individual"
    new = NewSession(
        kind,
        life.place.sites[life.site],
        life.place.practitioners[role],
        (life.patient,),
        datetime.combine(day, time(hour)),
        60,
        room=life.place.offices[life.site],
        title=life.word("schedule", f"session with {role}"),
    )
    by = life.place.actors[life.therapist]
    return book_series(new, weeks=weeks, by=by, at=clock(day, 7))


def hold_evenings(place: Place, lives: list[Life], *, until: date, now: datetime) -> None:
    """Every evening that has passed: who came; of the first two, the notes; one with an addendum."""
    leader = "facilitator" if place.owner == "clinic" else "other_org_clinician"
    written = 0
    for session in _past_evenings(place, min(life.day for life in lives), until, now=now):
        at = session.ends + timedelta(minutes=5)
        there = [row.patient for row in session_room(session.uid, by=place.actors[leader], at=at).roster]
        for patient in there:
            record_attendance(session.uid, patient, status="present", by=place.actors[leader], at=at)
        if written < 2 and there:
            here = [one for one in lives if one.patient in there]
            speak(session, here, leader)
            write(session.uid, here, leader, at=at)
            written += 1


def _past_evenings(place: Place, first: date, until: date, *, now: datetime) -> list[DaySession]:
    days = [first + timedelta(days=n) for n in range((until - first).days + 1)]
    found = []
    for day in days:
        today = sessions_today(by=place.program, at=clock(day, 23), day=day)
        found += [
            one
            for one in (*today.mine, *today.others)
            if one.ends < now and one.expected and one.kind.lower().startswith("process")
        ]
    return found


def write(session: UUID, lives: list[Life], role: str, *, at: datetime, alone: bool = False) -> None:
    """The shared part and each person's own, signed; the clinician adds a line."""
    place = lives[0].place
    parts = [
        OwnPart(
            life.patient,
            said_by(life, at=at),
            thread_of(life, at=at),
            next_step=life.word("note", "next step"),
        )
        for life in lives
    ]
    shared = (
        {} if alone else {"topic": "Early signs", "text": "The group named early signs and shared plans."}
    )
    typed = None if alone else TypedNote(parts, **shared)
    if alone:
        deleted = lives[0].word("note", "deleted")
        draft_together(session, parts[0], deleted=deleted, by=place.actors[role], at=at)
    for result in sign_notes(session, typed=typed, by=place.actors[role], at=at):
        if result.note is None:
            raise RuntimeError(f"a note of the fixture was not signed: {result}")
        add_addendum(
            result.note,
            f"Seen again the next day, {lives[0].word('note', 'addendum') if alone else 'as agreed'}.",
            by=place.actors[role],
            at=at + timedelta(hours=1),
        )


def said_by(life: Life, *, at: datetime) -> str:
    """Words of their own for each time: what nearly stands in another note isn't signed."""
    named, sign, call = (life.word("note", f"{what} of {at:%d %H}") for what in ("own part", "sign", "call"))
    return f"Named {named} and {sign}, and calls {call}."


def draft_together(session: UUID, part: OwnPart, *, deleted: str, by: Actor, at: datetime) -> None:
    """A first draft that is deleted; a second one that the person may read."""
    wrong = write_parts(session, [OwnPart(part.patient, deleted, None)], by=by, at=at)
    delete_own(session, part.patient, seen_version=wrong[part.patient], by=by, at=at)
    write_parts(session, [part], by=by, at=at)
    share_draft(session, part.patient, by=by, at=at)


def hold_alone(life: Life, role: str, session: UUID, *, day: date, hour: int) -> None:
    """A one-to-one that was kept and written down."""
    at = clock(day, hour) + timedelta(minutes=65)
    record_attendance(session, life.patient, status="present", by=life.place.actors[role], at=at)
    write(session, [life], role, at=at, alone=True)


def thread_of(life: Life, *, at: datetime) -> UUID:
    """The objective that their notes are about."""
    page = care_plan_view(life.patient, by=life.place.actors[life.therapist], at=at)
    if page is None or page.in_force is None:
        raise RuntimeError("notes need a plan in force")
    return page.in_force.content.problems[0].goals[0].objectives[0].thread


def follow(life: Life, *, now: datetime) -> None:
    """Measures once more, a review, and a draft of the next plan."""
    if life.episode is None:
        raise RuntimeError("nobody is followed without an episode")
    by = life.place.actors[life.therapist]
    for code in ("phq-9", "gad-7", "c-ssrs-screener"):
        record_measure(life.patient, code, MEASURES[code], mode="self", by=by, at=now)
    words = life.word("care_plan", "review")
    sign_review(life.episode, text=words, outcome="continue", because="asked", by=by, at=now)
    start_plan(life.episode, by=by, at=now)


def part_ways(life: Life, *, day: date) -> None:
    """Discharge, with a summary in words and a visit that comes next."""
    if life.episode is None:
        raise RuntimeError("nobody is discharged without an episode")
    word = life.word
    visit = NextVisit(word("discharge", "next visit"), clock(day + timedelta(days=30), 15), "212-555-0147")
    discharge_patient(
        life.episode,
        reason="left_informed",
        text=word("discharge", "summary"),
        next_place=word("discharge", "next place"),
        helped=word("discharge", "what helped"),
        visit=visit,
        by=life.place.actors[life.therapist],
        at=clock(day, 17),
    )


def not_this_time(life: Life, session: UUID, *, now: datetime) -> None:
    """One session to which the person does not come, and why."""
    by = life.place.actors[life.therapist]
    words = life.word("schedule", "why not this time")
    cancel_for_one(session, life.patient, because=words, by=by, at=now)


def apart(one: Life, other: Life, *, now: datetime) -> None:
    """Two people who must not meet, and someone of the staff, and why."""
    by = one.place.actors[one.therapist]
    keep_apart(one.patient, other.patient, reason=one.word("kept_apart", "reason"), by=by, at=now)
    away_from = one.place.practitioners["prescriber"]
    reason = one.word("kept_apart", "why never with the prescriber")
    keep_from_staff(one.patient, away_from, reason=reason, by=by, at=now)


def extend(place: Place, *, day: date, at: datetime) -> None:
    """The groups' sessions, past and to come."""
    extend_sessions(place.organization, until=day + AHEAD, at=at)
