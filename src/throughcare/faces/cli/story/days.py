"""A day at the clinic: who comes to which session, what is written and signed, what is measured."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from throughcare.faces.cli.story.beginnings import clock, gad_answers, phq_answers
from throughcare.faces.cli.story.clinic import Clinic
from throughcare.faces.cli.story.item_nine import FRESH, follow_up
from throughcare.faces.cli.story.lives import Life
from throughcare.faces.cli.story.words import TOPICS, own_paragraph, shared_paragraph
from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.recording.attendance_taps import Came
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.attendance import record_roster
from throughcare.pathway.attendance.roster import session_room
from throughcare.pathway.care_plan.care_plan_view import care_plan_view
from throughcare.pathway.measure.measure import record_measure
from throughcare.pathway.measure.measure_requests import ask_measures
from throughcare.pathway.note.group_note import sign_notes
from throughcare.pathway.note.parts import OwnPart
from throughcare.pathway.note.typed import TypedNote
from throughcare.pathway.session.today import DaySession, sessions_today

NOTES_WAIT_SINCE = timedelta(hours=20)


@dataclass
class Cast:
    """Whom the days are about: each person's life and ids, while they are in care."""

    clinic: Clinic
    dice: random.Random
    now: datetime
    lives: dict[UUID, Life] = field(default_factory=dict)
    episodes: dict[int, UUID] = field(default_factory=dict)
    patients: dict[int, UUID] = field(default_factory=dict)
    placed: set[int] = field(default_factory=set)
    alone: dict[UUID, UUID] = field(default_factory=dict)
    hours_given: dict[tuple[str, int, int], date] = field(default_factory=dict)
    threads: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    members: dict[UUID, list[UUID]] = field(default_factory=lambda: defaultdict(list))

    def members_of(self, session: DaySession) -> list[UUID]:
        """The patients that the story has placed in a session."""
        if session.uid in self.alone:
            return [self.alone[session.uid]]
        return self.members[self.clinic.group_at(session.site, session.starts)]

    def forget(self, life: Life) -> None:
        """They are no longer in any group."""
        for members in self.members.values():
            if self.patients[life.number] in members:
                members.remove(self.patients[life.number])

    def leader_of(self, session: DaySession) -> Actor:
        """The actor who leads a session, by the name on it."""
        for actor in self.clinic.actors.values():
            if actor.name in session.led_by:
                return actor
        return self.clinic.actors["director"]


def live_through(cast: Cast, day: date, *, notes: bool = True) -> None:
    """Every session of a day that has ended by now: attendance, then the notes."""
    for session in sessions_of(cast, day):
        if session.ends > cast.now or session.is_cancelled or not session.expected:
            continue
        leader = cast.leader_of(session)
        came = take_attendance(cast, session, leader, day)
        if notes and cast.now - session.ends > NOTES_WAIT_SINCE:
            write_notes(cast, session, leader, came)


def sessions_of(cast: Cast, day: date) -> Iterable[DaySession]:
    """The day's sessions at both sites, as the program sees them."""
    found = sessions_today(by=cast.clinic.program, at=clock(day, 23), day=day)
    return (*found.mine, *found.others)


def take_attendance(cast: Cast, session: DaySession, leader: Actor, day: date) -> list[UUID]:
    """At the door: most come, some late, some don't. Who came."""
    at = session.starts + timedelta(minutes=40)
    expected = cast.members_of(session)
    if len(expected) != session.expected:
        # Someone's seats were given back, or came from elsewhere: the program knows whose.
        expected = [row.patient for row in session_room(session.uid, by=leader, at=at).roster]
    arrivals = {one: how_they_come(cast.dice, cast.lives[one], day) for one in expected}
    record_roster(session.uid, arrivals, by=leader, at=at)
    return [one for one, came in arrivals.items() if STATUSES[came.status].minutes_count]


def how_they_come(dice: random.Random, life: Life, day: date) -> Came:
    """A status, with its minutes."""
    if dice.random() > life.chance_to_come(day):
        return Came("excused") if dice.random() < 0.35 else Came("no_show")
    luck = dice.random()
    if luck < 0.06:
        return Came("late", late_minutes=dice.choice((10, 15, 20, 30)))
    if luck < 0.08:
        return Came("left_early", left_early_minutes=dice.choice((15, 30)))
    return Came("present")


def write_notes(cast: Cast, session: DaySession, leader: Actor, came: list[UUID]) -> None:
    """The shared part once, a paragraph each about one of their objectives, all signed after the session."""
    at = session.ends + timedelta(minutes=10)
    with_a_plan = [one for one in came if objectives(cast, one)]
    if not with_a_plan:
        return
    topic = text = ""
    if session.uid not in cast.alone:
        topic = session.topic or cast.dice.choice(TOPICS)
        text = shared_paragraph(cast.dice, topic)
    parts = [
        OwnPart(one, own_paragraph(cast.dice), cast.dice.choice(objectives(cast, one))) for one in with_a_plan
    ]
    sign_notes(session.uid, typed=TypedNote(parts, topic, text), by=leader, at=at)


def objectives(cast: Cast, patient: UUID) -> tuple[UUID, ...]:
    """The threads of a person's objectives, looked up once the plan is signed."""
    if not cast.threads.get(patient):
        page = care_plan_view(patient, by=cast.clinic.actors["director"], at=cast.now)
        plan = page.in_force if page else None
        goals = [goal for problem in plan.content.problems for goal in problem.goals] if plan else []
        cast.threads[patient] = tuple(one.thread for goal in goals for one in goal.objectives)
    return cast.threads[patient]


def measure(cast: Cast, life: Life, day: date, *, hour: int) -> None:
    """One person's PHQ-9 and GAD-7, asked in a conversation."""
    by, at = cast.clinic.actors["intake"], clock(day, hour)
    for code, answer in (("phq-9", phq_answers), ("gad-7", gad_answers)):
        scores = answer(cast.dice, life.mood_score(day))
        record_measure(cast.patients[life.number], code, scores, mode="clinician", by=by, at=at)


def measure_everyone(cast: Cast, lives: Sequence[Life], day: date) -> None:
    """The week's PHQ-9 and GAD-7: asked for, and mostly answered on the phone."""
    if not lives:
        return
    by = cast.clinic.actors["intake"]
    answers = {"phq-9": phq_answers, "gad-7": gad_answers}
    people = {cast.patients[life.number]: life for life in lives}
    requests = ask_measures(
        list(people), list(answers), due_date=day, by=by, at=clock(day - timedelta(days=1), 8)
    )
    if clock(day, 19) > cast.now:
        return
    for patient, life in people.items():
        if cast.dice.random() > 0.55 + 0.4 * life.comes:
            continue
        for code, answer in answers.items():
            scores = answer(cast.dice, life.mood_score(day))
            record_measure(
                patient, code, scores, mode="self", by=by, at=clock(day, 19), request=requests[patient, code]
            )
            if code == "phq-9" and scores[8] and clock(day, 21) < cast.now - FRESH:
                follow_up(cast.clinic, patient, at=clock(day, 19))
