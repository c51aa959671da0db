"""What groups are taught and what people practice: a topic held, homework told and open."""

from datetime import datetime, timedelta
from uuid import UUID

from tests.cast import MONDAY, Cast, at
from throughcare.pathway.group.curricula import follow_curricula
from throughcare.pathway.homework.homework import NewHomework, give_homework, report_homework
from throughcare.pathway.lesson.session_homework import give_topic_homework
from throughcare.pathway.lesson.topics import choose_topic, settle_topics
from throughcare.records.sessions import Session
from throughcare.records.timetables import Group


def what_is_practiced(cast: Cast, patient: UUID, *, now: datetime) -> dict[str, object]:
    """The evening group follows a curriculum; someone told how practicing went, and has more to tell."""
    group = Group.objects.get(name="Evening skills")
    curricula = ["relapse-prevention", "social-support"]
    follow_curricula(group.uid, curricula, in_rounds=True, from_date=MONDAY, by=cast.program, at=at(8))
    settle_topics(cast.organization, since=at(8), at=now)
    held = Session.objects.filter(group=group).earliest("starts_at")
    choose_topic(held.uid, code="rp-01", by=cast.facilitator, at=at(17))
    give_topic_homework(held.uid, by=cast.facilitator, at=at(20, 50))
    for number, helped in enumerate((2, 3, 7, 8)):
        then = now - timedelta(days=8 - number)
        done = give_homework(patient, NewHomework("Call Pat", "Asking for help"), by=cast.clinician, at=then)
        report_homework(
            done, practiced="yes", helped=helped, words="We talked for an hour.", by=cast.clinician, at=then
        )
    opened = give_homework(patient, NewHomework("Walk around the block"), by=cast.clinician, at=now)
    return {"homework": opened, "curriculum": "relapse-prevention"}
