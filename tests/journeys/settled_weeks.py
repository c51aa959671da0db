"""What a person said of their own week: a time, a change they ask for, a calendar that reads their times."""

from datetime import datetime, time, timedelta
from uuid import UUID

from tests.cast import Cast
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.own_week.asks import waiting_asks
from throughcare.pathway.own_week.calendar_feed import NewFeed, make_feed
from throughcare.pathway.own_week.cannot_come import say_cannot_come
from throughcare.pathway.own_week.times import add_own_time
from throughcare.pathway.week.commitments import NewCommitment
from throughcare.records.consents import PatientAccount
from throughcare.records.sessions import Appointment


def what_a_week_holds(cast: Cast, patient: UUID, *, now: datetime) -> dict[str, object]:
    """They work, ask for the evening of their group, and can't come to the one after the next."""
    own = PatientAccount.objects.filter(patient__uid=patient).earliest("pk")
    mine = actor_for(own.account_id)
    assert mine is not None
    seats = Appointment.objects.filter(
        patient__uid=patient, session__starts_at__gt=now, released_at__isnull=True
    ).select_related("session")
    coming, missed = seats.order_by("session__starts_at")[0], seats.order_by("-session__starts_at")[0]
    work = NewCommitment("work", "Bakery", weekday=1, starts=time(6), ends=time(11))
    add_own_time(patient, work, by=mine, at=now - timedelta(hours=1))
    evening = NewCommitment(
        "work", "New shift", weekday=coming.session.local_day.weekday(), starts=time(8), ends=time(21)
    )
    assert not add_own_time(patient, evening, words="From April", by=mine, at=now)
    say_cannot_come(missed.session.uid, patient, reason="ride", words="My car", by=mine, at=now)
    (ask,) = waiting_asks(by=cast.clinician, at=now)
    return {
        "ask": ask.ask.uid,
        "calendar_feed.token": make_feed(NewFeed("My phone", "Busy"), by=mine, at=now),
        **{f"{route}.session": coming.session.uid for route in ("cannot_come", "way_there")},
    }
