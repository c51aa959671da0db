"""What people in care say of their own weeks: work and children, a wish, a miss told ahead, a change they ask for."""

from datetime import date, time, timedelta
from uuid import UUID

from throughcare.faces.cli.story.consents import SHOWN
from throughcare.faces.cli.story.days import Cast
from throughcare.pathway.own_week.cannot_come import say_cannot_come
from throughcare.pathway.own_week.times import add_own_time
from throughcare.pathway.week.commitments import NewCommitment
from throughcare.pathway.week.week import week_of_patient

# The weekday, what it is, and the hours: around sessions in the evening, and on one evening over them.
OWN = (
    NewCommitment("work", "The bakery", weekday=1, starts=time(6), ends=time(11)),
    NewCommitment("childcare", "Mia", weekday=5, starts=time(13), ends=time(18)),
)
ASKED = 2


def live_their_weeks(cast: Cast) -> None:
    """The person who can be tried out, and two more who ask for a change that their team has to look at."""
    here = [patient for patient in cast.patients.values() if cast.lives[patient].leaves is None]
    here.sort(key=lambda patient: cast.lives[patient].number != SHOWN)
    by, at = cast.clinic.program, cast.now
    for new in OWN if here else ():
        add_own_time(here[0], new, by=by, at=at - timedelta(days=9))
    for patient in here[:1]:
        _misses_one(cast, patient)
    for patient in here[1 : 1 + ASKED]:
        _asks(cast, patient)


def _misses_one(cast: Cast, patient: UUID) -> None:
    """They say a day ahead that they can't come to the last session of next week."""
    coming = _coming(cast, patient)
    if len(coming) > 1:
        say_cannot_come(
            coming[-1],
            patient,
            reason="work",
            words="They changed my shift.",
            by=cast.clinic.program,
            at=cast.now - timedelta(hours=3),
        )


def _asks(cast: Cast, patient: UUID) -> None:
    """A new shift lies over one of their sessions."""
    week = week_of_patient(patient, _next_monday(cast), by=cast.clinic.program, at=cast.now)
    for one in [one for one in week.sessions if one.is_group and not one.cancelled_because][:1]:
        new = NewCommitment("work", "New shift", weekday=one.day.weekday(), starts=one.starts, ends=one.ends)
        add_own_time(
            patient,
            new,
            words="It starts in two weeks.",
            by=cast.clinic.program,
            at=cast.now - timedelta(hours=5),
        )


def _coming(cast: Cast, patient: UUID) -> list[UUID]:
    week = week_of_patient(patient, _next_monday(cast), by=cast.clinic.program, at=cast.now)
    return [one.uid for one in week.sessions if not one.cancelled_because and not one.is_over]


def _next_monday(cast: Cast) -> date:
    today = cast.now.date()
    return today + timedelta(days=7 - today.weekday())
