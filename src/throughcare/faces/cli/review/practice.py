"""What is practiced between sessions: the evenings follow a curriculum, everyone has homework, told and open."""

from datetime import date, datetime, timedelta

from throughcare.faces.cli.review.clinics import Place
from throughcare.faces.cli.review.lives import Life, clock
from throughcare.pathway.group.curricula import follow_curricula
from throughcare.pathway.homework.homework import NewHomework, give_homework, report_homework
from throughcare.pathway.lesson.topics import settle_topics


def teach(place: Place, *, first: date, now: datetime) -> None:
    """The evening group follows a curriculum from the first day on, and what was held is written down."""
    at = clock(first, 7)
    follow_curricula(
        place.groups[0], ["process-group"], in_rounds=True, from_date=first, by=place.program, at=at
    )
    settle_topics(place.organization, since=at, at=now)


def practice(life: Life, *, now: datetime) -> None:
    """Homework that was told in their own words, and some that is still to be asked about."""
    by, then = life.place.actors[life.therapist], now - timedelta(days=2)
    told = NewHomework(life.word("homework", "told"), life.word("homework", "skill"))
    done = give_homework(life.patient, told, by=by, at=then)
    words = life.word("homework", "their words")
    report_homework(done, practiced="partly", helped=6, words=words, by=by, at=now)
    give_homework(life.patient, NewHomework(life.word("homework", "open")), by=by, at=then)
