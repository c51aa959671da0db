"""A run: asked for, taken by a worker, told of while it goes on, stopped, interrupted, started again."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY, at
from tests.pathway.timetable.a_small_week import MONDAY_CBT, TUESDAY_CBT, a_small_week, everyone_on
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.timetable.runs.run import NewRun, ask_for_run, start_again, stop_run
from throughcare.pathway.timetable.runs.turns import (
    Best,
    Step,
    end_gone_turns,
    end_turn,
    open_job,
    report_turn,
    take_runs,
)
from throughcare.pathway.timetable.runs.views import run_view, runs_of

BEST = Best(everyone_on(MONDAY_CBT), 12.0, 0.0, 0)


@pytest.fixture
def run(cast):
    return ask_for_run(
        cast.site, NewRun("solve", MONDAY, "The whole week", a_small_week()), by=cast.director, at=at(9)
    )


def state(cast, run):
    return run_view(run, by=cast.director, at=at(10)).state


def test_a_run_waits_until_a_worker_takes_it(cast, run):
    assert state(cast, run) == "waiting"
    (turn,) = take_runs(1, at=at(9, 1))
    assert state(cast, run) == "solving"
    assert take_runs(5, at=at(9, 1)) == ()
    job = open_job(turn)
    assert (job.problem, job.start, job.seconds) == (a_small_week(), None, 60)


def test_no_more_are_taken_than_may_be_at_work(cast, run):
    ask_for_run(
        cast.site, NewRun("solve", MONDAY, "Once more", a_small_week()), by=cast.director, at=at(9, 5)
    )
    assert len(take_runs(1, at=at(9, 6))) == 1
    assert take_runs(1, at=at(9, 6)) == ()
    assert len(take_runs(2, at=at(9, 6))) == 1


def test_what_a_turn_tells_is_seen(cast, run):
    (turn,) = take_runs(1, at=at(9, 1))
    goes_on = report_turn(turn, [Step(2, 112, 1.0, 1, 10)], BEST, at=at(9, 2))
    end_turn(turn, "finished", at=at(9, 3), steps=[Step(3, 12, 0.0, 0, 12)], best=BEST)
    seen = run_view(run, by=cast.director, at=at(10))
    assert goes_on
    assert (seen.state, seen.hours_met, seen.last.below, seen.gap) == ("finished", 3, 0, 0)
    assert [one.label for one in seen.plans] == ["Plan 1"]


def test_a_run_that_is_stopped_at_work_hears_it_and_keeps_its_best_week(cast, run):
    (turn,) = take_runs(1, at=at(9, 1))
    stop_run(run, by=cast.director, at=at(9, 2))
    assert state(cast, run) == "stopping"
    assert not report_turn(turn, [], BEST, at=at(9, 2))
    end_turn(turn, "stopped", at=at(9, 3), best=BEST)
    assert state(cast, run) == "stopped"
    assert run_view(run, by=cast.director, at=at(10)).plan is not None


def test_a_run_that_is_stopped_before_it_began_is_never_taken(cast, run):
    stop_run(run, by=cast.director, at=at(9, 2))
    assert take_runs(1, at=at(9, 3)) == ()
    assert state(cast, run) == "stopped"


def test_a_process_that_is_not_heard_of_is_gone_and_its_best_week_stays(cast, run):
    (turn,) = take_runs(1, at=at(9, 1))
    report_turn(turn, [Step(2, 12, 0, 0, None)], BEST, at=at(9, 2))
    assert end_gone_turns(at=at(9, 2) + timedelta(seconds=20)) == 0
    assert end_gone_turns(at=at(9, 2) + timedelta(seconds=40)) == 1
    assert state(cast, run) == "interrupted"
    assert not report_turn(turn, [], Best(everyone_on(TUESDAY_CBT), 1, 0, 0), at=at(9, 4))
    start_again(run, by=cast.director, at=at(9, 5))
    (second,) = take_runs(1, at=at(9, 6))
    assert open_job(second).start == BEST.plan


def test_what_has_finished_is_neither_stopped_nor_started_again(cast, run):
    (turn,) = take_runs(1, at=at(9, 1))
    end_turn(turn, "finished", at=at(9, 3), best=BEST)
    with pytest.raises(Cannot, match="ended already"):
        stop_run(run, by=cast.director, at=at(9, 4))
    with pytest.raises(Cannot, match="has finished"):
        start_again(run, by=cast.director, at=at(9, 4))


@pytest.mark.parametrize("role", ["admin", "facilitator", "biller", "front_desk", "case_manager"])
def test_only_clinicians_and_the_director_plan_weeks(cast, run, role):
    with pytest.raises(CannotSee):
        runs_of(None, by=getattr(cast, role), at=at(10))
    with pytest.raises(CannotSee):
        stop_run(run, by=getattr(cast, role), at=at(10))


def test_another_organization_sees_no_run(cast, run):
    from tests.cast import gather_cast

    other = gather_cast("Elsewhere", mail_host="elsewhere.test")
    assert runs_of(None, by=other.director, at=at(10)) == []
    with pytest.raises(Absent):
        run_view(run, by=other.director, at=at(10))


def test_the_list_of_runs_asks_the_same_however_many_there_are(cast, run, django_assert_num_queries):
    for minute in range(5):
        ask_for_run(
            cast.site, NewRun("solve", MONDAY, "Again", a_small_week()), by=cast.director, at=at(10, minute)
        )
    take_runs(3, at=at(11))
    with django_assert_num_queries(3):
        assert len(runs_of(None, by=cast.director, at=at(12))) == 6
