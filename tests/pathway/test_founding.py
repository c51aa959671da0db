"""A clinic is founded and staffed."""

import pytest

from tests.cast import MORNING
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.clinic.founding import NewStaff, add_room, hire, open_site


def test_every_role_of_the_cast_can_act(cast):
    assert cast.clinician.holds("clinician")
    assert cast.clinician.credential == "LCSW"
    assert cast.biller.practitioner is None


def test_an_unknown_time_zone_is_refused_with_an_example(cast):
    with pytest.raises(Cannot, match="America/New_York"):
        open_site("Uptown", time_zone="Gotham", by=cast.admin, at=MORNING)


def test_two_rooms_of_one_name_are_refused(cast):
    with pytest.raises(Cannot, match="already"):
        add_room(cast.site, name="Blue room", kind="group", capacity=3, by=cast.admin, at=MORNING)


def test_a_biller_may_not_hire(cast):
    with pytest.raises(Cannot, match="administrator"):
        hire(cast.site, NewStaff("X", "Y", "x@y.test", ("admin",)), password=None, by=cast.biller, at=MORNING)


def test_an_address_signs_in_one_person_only(cast):
    with pytest.raises(Cannot, match="already"):
        hire(cast.site, NewStaff("X", "Y", "ADA@harbor.test", ()), password=None, by=cast.admin, at=MORNING)
