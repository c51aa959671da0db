"""How a session was, without names: counted, shown late and only of many."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY, at
from tests.pathway.test_check_in import own
from tests.sessions_cast import admit, hold, open_group
from throughcare.knowledge.between_sessions import CheckIn
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.check_in.check_in_views import session_check_ins
from throughcare.pathway.check_in.climate import group_climate, tell_climate
from throughcare.pathway.check_in.said_at_once import Said, write_down_said
from throughcare.records.check_ins import ClimateAnswered, ClimateCount

pytestmark = pytest.mark.django_db

ENDING, CLOSED = at(20, 25), at(8, 30, day=MONDAY + timedelta(days=1))
ALL_YES = {"heard": "yes", "useful": "yes", "safe": "yes", "hopeful": "yes"}


@pytest.fixture
def people(cast):
    return [admit(cast, name) for name in ("Ana", "Ben", "Cleo", "Dov", "Eve")]


@pytest.fixture
def group(cast):
    return open_group(cast)


@pytest.fixture
def session(cast, people, group):
    return hold(cast, *people, group=group)


def tell(cast, session, person, taps=ALL_YES, moment=ENDING):
    tell_climate(session, person.uid, taps=taps, by=own(cast, person), at=moment)


def test_no_row_holds_who_answered_what_or_when(cast, session, people):
    for number, person in enumerate(people):
        tell(
            cast,
            session,
            person,
            {"safe": "no"} if number == 3 else ALL_YES,
            ENDING + timedelta(minutes=number),
        )
    assert {row.recorded_at for row in ClimateAnswered.objects.all()} == {at(20, 30)}
    assert {row.recorded_at for row in ClimateCount.objects.all()} == {at(20, 30)}
    assert not {row.recorded_by_id for row in ClimateCount.objects.all()} - {None}
    assert ClimateCount.objects.count() == 4
    safe = ClimateCount.objects.get(statement="safe")
    assert (safe.yes, safe.partly, safe.no) == (4, 0, 1)


def test_nobody_answers_twice(cast, session, people):
    tell(cast, session, people[0])
    with pytest.raises(Cannot, match="already"):
        tell(cast, session, people[0], {"safe": "no"})
    assert ClimateCount.objects.get(statement="safe").no == 0


def test_it_is_asked_at_the_end_of_groups_of_those_who_were_there(cast, session, people, group):
    with pytest.raises(Cannot, match="when the session ends"):
        tell(cast, session, people[0], moment=at(19))
    record_attendance(session, people[0].uid, status="no_show", by=cast.facilitator, at=at(18))
    with pytest.raises(Cannot, match="those who were there"):
        tell(cast, session, people[0])
    small = hold(cast, *people[:3], group=group, day=MONDAY - timedelta(days=7))
    with pytest.raises(Cannot, match="groups only"):
        tell(cast, small, people[0], moment=at(20, 25, day=MONDAY - timedelta(days=7)))


def test_no_taps_are_no_answer_and_a_stranger_has_no_session(cast, session, people):
    with pytest.raises(Cannot, match="at least one"):
        tell(cast, session, people[0], {})
    with pytest.raises(Absent):
        tell(cast, session, admit(cast, "Sam"))


def test_it_shows_when_answers_are_closed_and_enough_were_given(cast, session, people):
    for person in people[:3]:
        tell(cast, session, person)
    assert (
        "answers are closed, at 8:30 AM on Mar 3"
        in group_climate(session, by=cast.facilitator, at=ENDING).may_show.because
    )
    few = group_climate(session, by=cast.facilitator, at=CLOSED)
    assert few.climate is None and "Fewer than 4" in few.may_show.because
    tell(cast, session, people[3], {**ALL_YES, "safe": "partly"}, at(23))
    page = group_climate(session, by=cast.facilitator, at=CLOSED)
    assert page.may_show and page.climate.answered == 4
    assert {one.code: one.mean for one in page.statements}["safe"] == 8.75


def test_a_group_has_its_trend_in_a_fixed_number_of_queries(cast, people, group):
    def held(weeks):
        day = MONDAY - timedelta(weeks=weeks)
        session = hold(cast, *people, group=group, day=day)
        for person in people:
            taps = {**ALL_YES, "safe": "no"} if weeks <= 3 else ALL_YES
            tell(cast, session, person, taps, at(20, 29, day=day))
        return session

    first = held(9)
    group_climate(first, by=cast.facilitator, at=CLOSED)
    with CaptureQueriesContext(connection) as few:
        group_climate(first, by=cast.facilitator, at=CLOSED)
    *_, last = [held(weeks) for weeks in (6, 5, 4, 3, 2, 1)]
    with CaptureQueriesContext(connection) as many:
        page = group_climate(last, by=cast.facilitator, at=CLOSED)
    assert len(few) == len(many)
    assert len(page.sessions) == 7
    assert "worse than before" in {one.code: one.trend for one in page.statements}["safe"]


def test_only_who_leads_or_directs_treatment_sees_it(cast, session):
    for role in (cast.biller, cast.admin, cast.front_desk, cast.nurse):
        with pytest.raises(CannotSee):
            group_climate(session, by=role, at=CLOSED)


def test_what_a_room_said_is_written_down_at_once(cast, session, people):
    said = {
        person.uid: Said(CheckIn(mood=number), "Breathing", {"safe": "yes", "heard": "partly"})
        for number, person in enumerate(people)
    }
    with CaptureQueriesContext(connection) as asked:
        assert write_down_said(session, said, by=cast.program) == 5
    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) <= 8
    page = session_check_ins(session, by=cast.facilitator, at=ENDING)
    assert page.done == 5 and page.lines[0].check_out == "Breathing"
    assert group_climate(session, by=cast.facilitator, at=CLOSED).climate.means == {"heard": 5, "safe": 10}
    with pytest.raises(Cannot):
        write_down_said(session, said, by=cast.facilitator)
