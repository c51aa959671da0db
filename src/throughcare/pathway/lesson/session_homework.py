"""A session's homework, given from its topic to everyone who is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.lesson.topics import write_down_topic
from throughcare.pathway.session.session_rows import find_session, open_seats, seated_at, standing_attendance
from throughcare.records.homework import Homework
from throughcare.records.sessions import Appointment, Session


@transaction.atomic
def give_topic_homework(session: UUID, *, by: Actor, at: datetime) -> int:
    """Give the homework of a session's topic to everyone expected but those who stayed away; how many got it.

    Who has it already gets it once. Someone guarded, of whom `by` must not know, is left to who leads the session.
    """
    found = find_session(session, by=by)
    seats = seated_at(found)
    hidden = open_seats("homework", found, seats, by=by, at=at, verb="change")
    if found.cancelled_at is not None:
        raise Cannot("The session was canceled: nobody was there to be given homework.")
    Session.objects.select_for_update().get(pk=found.pk)  # one button, pressed twice, gives once
    lesson = write_down_topic(found, by=by, at=at)
    if lesson.topic is None:
        raise Cannot("This session has no topic of a curriculum. Choose one, or give homework to one person.")
    shown = [seat for seat in seats if seat.patient_id not in hidden]
    given = Homework.objects.bulk_create(
        Homework(
            organization_id=by.organization,
            patient_id=seat.patient_id,
            session=found,
            topic=lesson.code,
            skill=lesson.topic.skill,
            text=lesson.topic.homework,
            local_day=found.local_day,
            recorded_by_id=by.account,
            recorded_at=at,
        )
        for seat in homework_to_give(found, shown, lesson.code).missing
    )
    return len(given)


@dataclass(frozen=True)
class ToGive:
    """A topic's homework in one session: the seats of who doesn't have it yet, and how many have it."""

    missing: tuple[Appointment, ...]
    have: int


def homework_to_give(session: Session, seats: Sequence[Appointment], code: str) -> ToGive:
    """Of these seats, who has the topic's homework from this session; who stayed away isn't missing it."""
    standing = standing_attendance(session)
    rows = Homework.objects.filter(session=session, topic=code, taken_back_at__isnull=True)
    have = set(rows.values_list("patient", flat=True)) & {seat.patient_id for seat in seats}
    away = {key for key, row in standing.items() if not STATUSES[row.status].minutes_count}
    return ToGive(tuple(seat for seat in seats if seat.patient_id not in have | away), len(have))
