"""A person joins their whole mix of groups at once, in all of them or in none."""

from datetime import time

import pytest

from tests.cast import MONDAY, MORNING
from tests.week_cast import a_group, admit
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.clinic.founding import add_room
from throughcare.pathway.group.joining import join_groups
from throughcare.records.sessions import Appointment
from throughcare.records.timetables import Membership


def join(cast, person, *groups):
    return join_groups(groups, person.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)


def test_a_person_joins_two_groups_at_once_and_has_a_seat_in_both(cast):
    ana = admit(cast, "Ana", "Ruiz")
    groups = [a_group(cast), a_group(cast, starts=time(13))]
    stints = join(cast, ana, *groups)
    rows = {row.uid: row.group.uid for row in Membership.objects.select_related("group")}
    assert [rows[stint] for stint in stints] == groups
    seated = {seat.session.group.uid for seat in Appointment.objects.select_related("session__group")}
    assert seated <= set(groups)


def test_groups_that_meet_at_the_same_time_are_joined_in_none(cast):
    ana = admit(cast, "Ana", "Ruiz")
    there = add_room(cast.site, name="Green room", kind="group", capacity=14, by=cast.admin, at=MORNING)
    groups = [a_group(cast), a_group(cast, starts=time(10, 30), room=there, led=False)]
    with pytest.raises(Cannot, match="Ana"):
        join(cast, ana, *groups)
    assert not Membership.objects.exists()


def test_another_organizations_group_is_not_there(cast):
    ana = admit(cast, "Ana", "Ruiz")
    with pytest.raises(Absent):
        join(cast, ana, a_group(cast), ana.episode)
