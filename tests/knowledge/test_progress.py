"""Progress in words."""

from throughcare.knowledge.progress import (
    best_of,
    is_better_or_well,
    say_change,
    say_week,
    stand_of,
    stand_of_goal,
)
from throughcare.knowledge.questionnaires.library import find

PHQ = find("phq-9")


def test_a_fall_beyond_the_reliable_change_is_better():
    assert say_change(PHQ, 18, 9, since="intake").words == "Reliably better since intake: 18 → 9."


def test_a_small_change_is_none_and_a_rise_is_worse():
    assert say_change(PHQ, 18, 13, since="intake").words == "No reliable change since intake: 18 → 13."
    assert say_change(PHQ, 9, 15, since="last time").kind == "worse"


def test_an_instrument_without_a_reliable_change_says_so():
    said = say_change(find("wsas"), 30, 10, since="intake")
    assert said.kind == "na" and "not known" in said.words and "30 → 10" in said.words


def test_one_total_makes_no_change():
    assert say_change(PHQ, None, 9, since="intake").words == ""


def test_the_best_total_is_the_lowest_where_higher_is_worse():
    assert best_of(PHQ, [18, 8, 13]) == 8
    assert best_of(find("brief-resilience"), [2.5, 3.5]) == 3.5
    assert best_of(PHQ, []) is None


def test_leaving_the_clinical_range_counts_though_the_change_is_small():
    assert is_better_or_well(PHQ, 11, 8)
    assert not is_better_or_well(PHQ, 18, 14)
    assert not is_better_or_well(PHQ, 8, 6)


def test_an_objective_is_met_when_its_measure_reaches_the_target():
    assert stand_of("phq-9", 9, 9).standing == "met"
    assert stand_of("phq-9", 9, 10).standing == "not_met"
    assert stand_of("attendance", 80, 79.9).standing == "not_met"
    assert stand_of("own-count", 5, None).standing == "not_known"
    assert stand_of("", None, None).standing == "not_known"


def test_a_goal_is_met_only_when_each_objective_is():
    assert stand_of_goal(["met", "met"]) == "met"
    assert stand_of_goal(["met", "not_met", "not_known"]) == "not_met"
    assert stand_of_goal(["met", "not_known"]) == "not_known"
    assert stand_of_goal([]) == "not_known"


def test_a_week_is_told_in_short_sentences():
    said = say_week(delivered=6, planned=9, to_come=3, missed_sessions=2, changes=[], notes=1)
    assert said == (
        "6 of 9 planned hours so far this week, 3 still to come. 2 no-shows. "
        "No measure was answered in the last seven days. One signed note."
    )
    assert say_week(delivered=0, planned=0, to_come=0, missed_sessions=0, changes=[], notes=0).startswith(
        "No hours are planned"
    )
