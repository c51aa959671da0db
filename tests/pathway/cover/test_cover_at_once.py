"""Two directors send cover for the same person at the same moment: one does it, the other reads that it is done."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from tests.cast import MONDAY, MORNING, gather_cast
from tests.week_cast import a_group, admit
from throughcare.pathway.cannot import ChangedMeanwhile
from throughcare.pathway.cover.applying import TAKE_OVER, Choice
from throughcare.pathway.cover.away import Away
from throughcare.pathway.cover.covering import preview_cover, send_cover
from throughcare.pathway.group.group import join_group
from throughcare.pathway.week.schedule import extend_sessions
from throughcare.records.sessions import Session
from throughcare.records.timetable_runs import WeekNotice
from throughcare.records.week_changes import WeekChange


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_at_once_one_does_it_and_nobody_is_told_twice(many_hands):
    cast = gather_cast()
    ana = admit(cast, "Ana", "Ruiz")
    group = a_group(cast)
    join_group(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    extend_sessions(cast.organization, until=MONDAY + timedelta(days=6), at=MORNING)
    away = Away(cast.practitioner_uid(cast.facilitator), MONDAY, MONDAY)
    carla = cast.practitioner_uid(cast.clinician)
    choices = [Choice(Session.objects.get().uid, TAKE_OVER, leaders=(carla,))]
    why = {"because": "Felix Grant is away.", "by": cast.director, "at": MORNING}
    seen = preview_cover(away, choices, **why).seen
    many_hands()
    start, outcomes = threading.Barrier(2), []

    def send():
        start.wait()
        try:
            send_cover(away, choices, seen=seen, **why)
            outcomes.append("done")
        except ChangedMeanwhile as meanwhile:
            outcomes.append(meanwhile.theirs)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counted = []

    def count():
        counted.extend([WeekChange.objects.count(), WeekNotice.objects.count()])
        connection.close()

    witness = threading.Thread(target=count)
    witness.start()
    witness.join()
    assert sorted(outcomes) == ["CBT skills on Mon, Mar 2, 10:00–11:00 AM is led by Carla Reyes now.", "done"]
    assert counted == [1, 3]
