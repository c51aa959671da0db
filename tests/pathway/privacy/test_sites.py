"""Whoever works at one site finds nothing of another: not on lists, not by search, not by an id."""

from dataclasses import replace

import pytest

from tests.boards_cast import in_program
from tests.cast import MORNING, NEW_YORK
from tests.sessions_cast import hold, open_group
from throughcare.pathway.attendance.roster import session_room
from throughcare.pathway.boards.census import census
from throughcare.pathway.boards.census_people import Filters
from throughcare.pathway.cannot import Absent
from throughcare.pathway.clinic.founding import open_site
from throughcare.pathway.group.page import group_view
from throughcare.pathway.group.views import list_groups
from throughcare.pathway.people.finding import find_people
from throughcare.pathway.people.people import PersonDetails
from throughcare.pathway.referral.pipeline import list_pipeline
from throughcare.pathway.referral.referral import NewReferral, receive_referral
from throughcare.records.organizations import Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(cast):
    """The clinician, with a role at the other site only."""
    north = open_site("Harbor North", time_zone=NEW_YORK, by=cast.program, at=MORNING)
    key = Site.objects.get(uid=north).pk
    return replace(cast.clinician, grants=frozenset({("clinician", key)}))


@pytest.fixture
def ana(cast):
    return in_program(cast, "Ana", "Ruiz")


def test_the_census_is_empty(cast, ana, away):
    assert census(Filters(), by=cast.clinician, at=MORNING).total == 1
    assert census(Filters(), by=away, at=MORNING).total == 0


def test_a_search_finds_nobody(cast, away):
    receive_referral(NewReferral(cast.site, PersonDetails("Ana", "Ruiz")), by=cast.admissions, at=MORNING)
    assert find_people("Ana Ruiz", by=cast.clinician, at=MORNING)
    assert find_people("Ana Ruiz", by=away, at=MORNING) == []


def test_the_pipeline_groups_and_sessions_are_those_of_the_site(cast, ana, away):
    group = open_group(cast)
    session = hold(cast, ana, group=group)
    assert list_groups(by=cast.clinician, at=MORNING)
    assert list_groups(by=away, at=MORNING) == []
    assert list_pipeline(by=away, at=MORNING).total == 0
    for ask in (
        lambda: group_view(group.uid, by=away, at=MORNING),
        lambda: session_room(session, by=away, at=MORNING),
    ):
        with pytest.raises(Absent):
            ask()
