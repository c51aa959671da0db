"""Everyone in care is looked at in bulk; what changed is kept; a clinician decides, and a seat may be held ahead."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.plan_cast import admit, attend, plan
from tests.progress_cast import A_PLAN, NOW, TODAY, answer, six_good_weeks
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.episode.contact_attempts import record_contact_attempt
from throughcare.pathway.group.group import NewGroup, join_group, open_group
from throughcare.pathway.level_watch.findings import watch_levels
from throughcare.pathway.level_watch.holds import end_holds, give_back_hold, groups_to_hold, hold_level_seat
from throughcare.pathway.level_watch.rounds import keep_level_watch
from throughcare.pathway.level_watch.watch_page import level_watch
from throughcare.pathway.progress.step import step_to, step_watch
from throughcare.records.episodes import Episode, Stay
from throughcare.records.level_watch import LevelFinding, LevelHold


def later(days):
    return NOW + timedelta(days=days)


def a_group(cast, *, capacity=2):
    new = NewGroup("Day program", "process", "day", capacity=capacity, room=cast.group_room)
    return open_group(cast.site, new, by=cast.director, at=NOW, opened_date=TODAY)


def hold(cast, episode, *, level="php", days=7, **where):
    return hold_level_seat(
        episode, level=level, until_date=TODAY + timedelta(days=days), by=cast.clinician, at=NOW, **where
    )


def test_the_watch_says_the_same_of_everyone_as_each_persons_own_page(cast):
    people = [six_good_weeks(cast), six_good_weeks(cast, given="Ben", family="Holt", missed=3)]
    watch_levels(at=NOW)
    for episode in people:
        own = step_watch(episode, by=cast.clinician, at=NOW)
        kept = LevelFinding.objects.get(stay__episode__uid=episode)
        for name, way in (("down", own.down), ("up", own.up)):
            assert {code: word for code, (word, _) in kept.standing[name].items()} == {
                one.code: one.standing for one in way.criteria
            }
            assert kept.said[name] == {one.code: one.fact for one in way.criteria}


def test_a_finding_is_kept_only_when_something_changed_with_the_day_since_which_it_is_so(cast):
    episode = six_good_weeks(cast)
    assert watch_levels(at=NOW) == "1 looked at, 1 changed"
    assert watch_levels(at=NOW + timedelta(hours=3)) == "1 looked at, 0 changed"
    attend(cast, episode, TODAY, status="no_show")
    attend(cast, episode, TODAY + timedelta(days=1), status="no_show")
    assert watch_levels(at=later(2)) == "1 looked at, 1 changed"
    before, after = LevelFinding.objects.order_by("pk")
    assert before.retired_at == later(2) and after.retired_at is None
    assert before.standing["down"]["attendance"] == ["met", TODAY.isoformat()]
    assert after.standing["down"]["attendance"] == ["unmet", (TODAY + timedelta(days=2)).isoformat()]
    assert after.standing["down"]["plan"] == ["met", TODAY.isoformat()]


def test_a_plan_with_intent_opens_the_step_up_and_comes_first(cast):
    six_good_weeks(cast)
    episode = six_good_weeks(cast, given="Zoe", family="Zane")
    watch_levels(at=NOW - timedelta(hours=2))
    answer(cast, episode, "c-ssrs-screener", A_PLAN, day=TODAY)
    keep_level_watch(at=NOW)
    page = level_watch(by=cast.clinician, at=NOW)
    first, second = page.lines
    assert (first.name, first.open_step, first.open_title) == ("Zoe Zane", "up", "Partial hospitalization")
    assert first.stop.startswith("There is an imminent risk") and second.stop == ""
    assert first.open_since == TODAY and [one.criterion.code for one in first.met_up] == ["table"]
    assert second.open_step == "" and {one.criterion.code for one in second.missing_down} >= {"tests"}
    assert (page.ups, page.downs, page.total) == (1, 0, 2)
    assert [one.name for one in level_watch(only="up", by=cast.clinician, at=NOW).lines] == ["Zoe Zane"]


def test_what_changed_since_the_worker_looked_is_on_the_page_at_once(cast):
    episode = six_good_weeks(cast)
    watch_levels(at=NOW - timedelta(hours=2))
    answer(cast, episode, "c-ssrs-screener", A_PLAN, day=TODAY)
    (line,) = level_watch(by=cast.clinician, at=NOW).lines
    assert line.open_step == "up" and line.open_since == TODAY


def test_three_no_shows_after_an_attempt_to_reach_the_person_open_the_step_up(cast):
    episode = six_good_weeks(cast, missed=3)
    assert not step_watch(episode, by=cast.clinician, at=NOW).up.is_indicated
    record_contact_attempt(
        episode, mode="call", outcome="no_answer", by=cast.clinician, at=NOW, attempted_at=NOW
    )
    watch = step_watch(episode, by=cast.clinician, at=NOW)
    found = next(one for one in watch.up.criteria if one.code == "no_shows")
    assert found.standing == "met" and found.fact.endswith("since the first of them: 1.")


def test_the_queries_of_the_watch_and_its_page_do_not_grow_with_people(cast):
    six_good_weeks(cast)
    counts = []
    for more in range(2):
        for n in range(more * 4):
            six_good_weeks(cast, given=f"Given{n}", family=f"Family{n}")
        with CaptureQueriesContext(connection) as watched:
            watch_levels(at=later(more))
        with CaptureQueriesContext(connection) as read:
            assert len(level_watch(by=cast.clinician, at=later(more)).lines) == 1 + more * 4
        counts.append((len(watched), len(read)))
    assert counts[0] == counts[1] and max(counts[0]) <= 35


def test_looking_changes_no_level(cast):
    six_good_weeks(cast)
    before = list(Stay.objects.values_list("level", "ended_at"))
    keep_level_watch(at=NOW)
    assert list(Stay.objects.values_list("level", "ended_at")) == before


@pytest.mark.parametrize("role", ["biller", "compliance", "admin", "front_desk", "admissions"])
def test_the_watch_is_read_by_those_who_read_all_that_it_rests_on(cast, role):
    with pytest.raises(CannotSee):
        level_watch(by=getattr(cast, role), at=NOW)


def test_a_held_place_is_taken_for_everyone_else_and_free_for_the_person(cast):
    group = a_group(cast, capacity=1)
    ana, ben = six_good_weeks(cast), admit(cast, given="Ben", family="Holt")
    plan(cast, ben)
    hold(cast, ana, group=group)
    with pytest.raises(Cannot, match="Day program is full"):
        join_group(group, ben, from_date=TODAY, by=cast.program, at=NOW)
    join_group(group, ana, from_date=TODAY, by=cast.program, at=NOW)
    assert LevelHold.objects.get().how == "taken"
    assert level_watch(by=cast.clinician, at=NOW).lines[0].hold is None


def test_a_full_group_holds_nobody(cast):
    group = a_group(cast, capacity=1)
    ben = admit(cast, given="Ben", family="Holt")
    join_group(group, ben, from_date=TODAY, by=cast.program, at=NOW)
    with pytest.raises(Cannot, match="full"):
        hold(cast, six_good_weeks(cast), group=group)


def test_a_hold_ends_by_itself_after_its_day_and_says_so(cast):
    group = a_group(cast, capacity=1)
    ana, ben = six_good_weeks(cast), admit(cast, given="Ben", family="Holt")
    hold(cast, ana, group=group, days=2)
    assert end_holds(at=later(2)) == "0 holds ended"
    # Before the worker has looked the place is free already.
    join_group(group, ben, from_date=TODAY + timedelta(days=3), by=cast.program, at=later(3))
    assert end_holds(at=later(3)) == "1 holds ended"
    line = next(one for one in level_watch(by=cast.clinician, at=later(3)).lines if one.hold)
    assert line.hold.ended.startswith("Ended by itself after")
    assert LevelHold.objects.get().how == "lapsed"


def test_a_seat_elsewhere_is_held_until_the_person_steps(cast):
    ana = six_good_weeks(cast)
    hold(cast, ana, level="residential-3.5", place="Cedar House, promised by Mara")
    step_to(
        ana,
        level="residential-3.5",
        reason="not_progressing",
        text="More is needed.",
        next_place="Cedar House",
        comes_back=True,
        by=cast.clinician,
        at=later(1),
    )
    end_holds(at=later(1))
    assert LevelHold.objects.get().how == "taken"


def test_a_seat_is_given_back_once(cast):
    held = hold(cast, six_good_weeks(cast), place="Cedar House")
    give_back_hold(held, by=cast.clinician, at=NOW)
    with pytest.raises(Cannot, match="no longer"):
        give_back_hold(held, by=cast.clinician, at=NOW)
    assert LevelHold.objects.get().how == "given_back"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"days": 15, "place": "x"}, "14 days at most"),
        ({"days": -1, "place": "x"}, "today or a later day"),
        ({"level": "iop", "place": "x"}, "at this level already"),
        ({"level": "moon", "place": "x"}, "Choose the level"),
        ({"place": " "}, "Choose a group here"),
    ],
)
def test_a_hold_that_makes_no_sense_is_refused_in_a_sentence(cast, changed, says):
    with pytest.raises(Cannot, match=says):
        hold(cast, six_good_weeks(cast), **changed)


def test_a_person_has_one_hold_at_a_time_and_a_reader_holds_nothing(cast):
    ana = six_good_weeks(cast)
    hold(cast, ana, place="Cedar House", days=14)
    with pytest.raises(Cannot, match="held for this person already"):
        hold(cast, ana, place="Cedar House")
    nurse = {"level": "php", "until_date": TODAY, "place": "x", "by": cast.nurse, "at": NOW}
    with pytest.raises(CannotSee):
        hold_level_seat(ana, **nurse)
    assert groups_to_hold(ana, by=cast.clinician, at=NOW) == ()


def test_whoever_is_discharged_gives_the_seat_back(cast):
    ana = six_good_weeks(cast)
    hold(cast, ana, place="Cedar House")
    Episode.objects.filter(uid=ana).update(ended_at=later(1))
    end_holds(at=later(1))
    assert LevelHold.objects.get().how == "given_back"


def test_nobody_sees_another_organizations_people(cast, db):
    six_good_weeks(cast)
    watch_levels(at=NOW)
    stranger = replace(cast.clinician, organization=cast.organization + 99)
    assert level_watch(by=stranger, at=NOW).lines == ()
