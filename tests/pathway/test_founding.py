"""A clinic is founded and staffed."""

import pytest

from tests.cast import MORNING
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.clinic.clinic import FirstClinic, open_another_organization
from throughcare.pathway.clinic.founding import NewStaff, add_room, find_site, hire, open_site
from throughcare.pathway.clinic.front_door import front_door
from throughcare.pathway.signing_in.links import set_password_by_link
from throughcare.records.organizations import Organization
from throughcare.records.people import Account


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


def test_one_more_organization_knows_nothing_of_the_first(cast):
    first = FirstClinic(
        "Elm House", "212-555-0200", "Elm Street", "America/Chicago", "", "Eli", "Moss", "eli@elm.test"
    )
    organization, token = open_another_organization(first, at=MORNING)
    assert set_password_by_link(token, "a long password of theirs", browser="", at=MORNING)
    theirs = actor_for(Account.objects.get_by_natural_key("eli@elm.test").pk)
    assert theirs.organization != cast.organization
    assert [site.name for site in front_door(at=MORNING, organization_uid=organization).sites] == [
        "Elm Street"
    ]
    assert front_door(at=MORNING).name == "Harbor House"
    with pytest.raises(Absent):
        find_site(cast.site, by=theirs)


def test_an_address_signs_in_to_one_organization_only(cast):
    first = FirstClinic(
        "Elm House", "", "Elm Street", "America/Chicago", "", "Eli", "Moss", "dana@harbor.test"
    )
    with pytest.raises(Cannot, match="already"):
        open_another_organization(first, at=MORNING)
    assert Organization.objects.count() == 1
