"""A full session and a full group with lines, so that the pages of seats have something to show."""

from datetime import datetime, time

from tests.cast import MONDAY, Cast
from tests.week_cast import a_group, admit
from throughcare.pathway.group.group import join_group
from throughcare.pathway.group.waiting import wait_for_group
from throughcare.pathway.make_up.make_up import take_seat
from throughcare.pathway.week.schedule import extend_sessions
from throughcare.records.sessions import Session


def lines(cast: Cast, *, at: datetime) -> dict[str, object]:
    """A weekend group of two that is full, with someone in line for it and someone for its next session."""
    group = a_group(
        cast, name="Saturday skills", track="weekend", weekday=5, starts=time(15), capacity=2, led=False
    )
    extend_sessions(cast.organization, until=MONDAY.replace(day=14), at=at)
    for name in ("Zoe", "Wim"):
        person = admit(cast, name, "Seated")
        join_group(group, person.episode, from_date=at.date(), by=cast.program, at=at)
    session = Session.objects.filter(group__uid=group, starts_at__gt=at).earliest("starts_at").uid
    take_seat(session, admit(cast, "Vi", "Waiting").patient, by=cast.clinician, at=at)
    waits = admit(cast, "Ned", "Waiting")
    wait_for_group(group, waits.episode, from_date=at.date(), by=cast.clinician, at=at, despite_warnings=True)
    return {"session_line.session": session, "group.group": group}
