"""What is said before and after sessions: a session by video that somebody has joined, and one that just ended."""

from datetime import datetime, time, timedelta
from uuid import UUID

from tests.cast import Cast
from throughcare.knowledge.between_sessions import CheckIn
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.joining_by_video import Whereabouts, join_session
from throughcare.pathway.check_in.check_in import check_in, check_out
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.schedule import book_session
from throughcare.records.people import Patient


def what_is_said(cast: Cast, patient: UUID, *, now: datetime) -> dict[str, object]:
    """Someone joined by video before ten fifteen, and has to tell of the hour before it."""
    person = Patient.objects.get(uid=patient)
    own = Actor(cast.organization, frozenset({"patient"}), "", patient=person.pk)
    ended, by_video = _booked(cast, patient, time(8), now), _booked(cast, patient, time(10, 15), now)
    said = CheckIn(mood=2, craving=8, sleep=3, practiced="partly", words="I nearly drank last night.")
    check_in(by_video, patient, answers=said, way="page", by=own, at=now)
    join_session(by_video, patient, whereabouts=Whereabouts("12 Oak Street", "212-555-0118"), by=own, at=now)
    check_out(ended, patient, words="I can call Pat.", way="page", by=own, at=now)
    return {
        **{
            f"{name}.session": by_video
            for name in ("my_check_in", "my_join", "my_joining", "session_check_ins")
        },
        **{f"{name}.session": ended for name in ("my_check_out", "my_climate")},
    }


def _booked(cast: Cast, patient: UUID, starts: time, now: datetime) -> UUID:
    new = NewSession(
        "individual",
        cast.site,
        cast.practitioner_uid(cast.clinician),
        (patient,),
        datetime.combine(now.date(), starts),
        50,
        telehealth_url="https://meet.harbor.test/carla",
    )
    return book_session(new, by=cast.clinician, at=now - timedelta(days=1))
