"""What people say before and after their sessions, and what they practice between them, in the last weeks told."""

import random
from datetime import date, timedelta
from uuid import UUID

from throughcare.faces.cli.story.beginnings import clock
from throughcare.faces.cli.story.days import Cast, sessions_of
from throughcare.faces.cli.story.lives import Life
from throughcare.faces.cli.story.words import BEFORE, TAKEN_ALONG, TRIED
from throughcare.knowledge.between_sessions import PRACTICED, CheckIn
from throughcare.knowledge.curricula.library import curricula_for
from throughcare.knowledge.group_climate import CODES
from throughcare.pathway.check_in.said_at_once import Said, write_down_said
from throughcare.pathway.group.curricula import follow_curricula
from throughcare.pathway.homework.homework import report_homework
from throughcare.pathway.homework.homework_views import open_homework
from throughcare.pathway.lesson.session_homework import give_topic_homework
from throughcare.pathway.lesson.topics import settle_topics
from throughcare.pathway.session.today import DaySession

TALKING = timedelta(weeks=2)
SPEAKING = 0.75


def follow_curricula_from(cast: Cast, day: date) -> None:
    """Each group goes through a curriculum of its type from this day on, in rounds: people come and go."""
    by, at = cast.clinic.program, clock(day, 1)
    for group, kind in cast.clinic.kinds.items():
        fitting = [one.code for one in curricula_for(kind)][:1]
        follow_curricula(group, fitting, in_rounds=True, from_date=day, by=by, at=at)


def say_what_it_is_about(cast: Cast, day: date) -> None:
    """The day's topics, as the curricula propose them."""
    settle_topics(cast.clinic.organization, since=clock(day, 0), at=min(clock(day, 23), cast.now))


def talk(cast: Cast, day: date) -> None:
    """What people said around the day's groups, and the homework that they took along."""
    for session in sessions_of(cast, day):
        over = session.ends <= cast.now and not session.is_cancelled
        if over and session.expected and session.uid not in cast.alone:
            speak(cast, session, day)
            give_topic_homework(session.uid, by=cast.clinic.program, at=session.ends)


def tell_of_practice(cast: Cast) -> None:
    """What came of the latest homework of most people in care."""
    for patient, life in cast.lives.items():
        if life.leaves is None and cast.dice.random() < SPEAKING:
            tell_of_homework(cast, patient)


def speak(cast: Cast, session: DaySession, day: date) -> None:
    """Most of those who came said how they were, and some what they take along."""
    came = [one for one in cast.members_of(session) if cast.dice.random() < SPEAKING]
    write_down_said(
        session.uid,
        {one: said(cast.dice, cast.lives[one], day) for one in came},
        by=cast.clinic.program,
    )


def said(dice: random.Random, life: Life, day: date) -> Said:
    """One person's words around a session: how they are follows how they do in the story."""
    low = life.mood_score(day) / 27
    mood = between(dice, 9 - 8 * low)
    return Said(
        check_in=CheckIn(
            mood=mood,
            craving=between(dice, 7 * low) if life.focus in ("alcohol", "opioids") else None,
            sleep=between(dice, 8 - 6 * low),
            practiced=dice.choice([code for code, _ in PRACTICED]),
            words=dice.choice(BEFORE) if dice.random() < 0.2 else "",
        ),
        check_out=dice.choice(TAKEN_ALONG) if dice.random() < 0.5 else "",
        taps={code: dice.choices(("yes", "partly", "no"), (7, 3, 1))[0] for code in CODES},
    )


def between(dice: random.Random, middle: float) -> int:
    """A whole number from 0 to 10 near the middle."""
    return min(10, max(0, round(dice.gauss(middle, 1.2))))


def tell_of_homework(cast: Cast, patient: UUID) -> None:
    """What came of a person's latest homework, as they told their therapist."""
    by = cast.clinic.actors["director"]
    for line in open_homework(patient, by=by, at=cast.now)[:1]:
        practiced = cast.dice.choice([code for code, _ in PRACTICED])
        helped = None if practiced == "no" else between(cast.dice, 6)
        words = cast.dice.choice(TRIED) if practiced != "no" else ""
        report_homework(line.uid, practiced=practiced, helped=helped, words=words, by=by, at=cast.now)
