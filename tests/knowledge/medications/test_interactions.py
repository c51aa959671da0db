"""What doesn't go together, each rule with the case that raises it and the one beside it that doesn't."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.knowledge.medications.interactions import (
    Drank,
    Taken,
    interactions,
    may_answer,
    unanswered_verdict,
)
from throughcare.knowledge.medications.library import ALL

TODAY = date(2026, 3, 20)


def taking(*names):
    """These medications by code, or freely named."""
    return [
        Taken(
            f"{number:08d}-thread", 1, name if name in ALL else "", ALL[name].title if name in ALL else name
        )
        for number, name in enumerate(names)
    ]


def rules(*names, **more):
    return {one.rule for one in interactions(taking(*names), **more)} - {
        "naltrexone_start",
        "disulfiram_start",
    }


@pytest.mark.parametrize(
    ("names", "raised"),
    [
        (("oxycodone", "alprazolam"), {"opioid_benzodiazepine"}),
        (("buprenorphine-naloxone", "clonazepam"), {"opioid_benzodiazepine"}),
        (("oxycodone", "hydroxyzine"), set()),
        (("naltrexone", "oxycodone"), {"naltrexone_opioid"}),
        (("naltrexone-monthly", "methadone"), {"naltrexone_opioid"}),
        (("naltrexone", "sertraline"), set()),
        (("naloxone", "oxycodone"), set()),
        (("disulfiram", "metronidazole"), {"disulfiram_metronidazole"}),
        (("acamprosate", "metronidazole"), set()),
        (("methadone", "citalopram"), {"methadone_qt"}),
        (("methadone", "sertraline"), set()),
        (("citalopram", "quetiapine"), set()),
        (("oxycodone", "Xanax bars from a friend"), {"opioid_benzodiazepine"}),
        (("oxycodone", "Vitamin D"), set()),
    ],
)
def test_each_rule_is_raised_by_its_pair_and_by_nothing_beside_it(names, raised):
    assert rules(*names) == raised


@pytest.mark.parametrize(("days", "raised"), [(0, True), (14, True), (15, False), (-1, False)])
def test_disulfiram_and_alcohol_within_two_weeks(days, raised):
    drank = Drank(TODAY - timedelta(days=days), "They told of drinking.")
    assert ("disulfiram_alcohol" in rules("disulfiram", drank=drank, today=TODAY)) is raised


def test_an_answer_to_one_drinking_is_none_to_the_next():
    subjects = {
        one.subject
        for back in (1, 2)
        for one in interactions(
            taking("disulfiram"), drank=Drank(TODAY - timedelta(days=back), "Told."), today=TODAY
        )
        if one.rule == "disulfiram_alcohol"
    }
    assert len(subjects) == 2


def test_before_naltrexone_and_disulfiram_something_is_asked():
    assert {one.rule for one in interactions(taking("naltrexone", "disulfiram"))} == {
        "naltrexone_start",
        "disulfiram_start",
    }


def test_methadone_alone_does_not_interact_with_itself():
    assert rules("methadone") == set()


def test_each_says_what_to_do_and_where_it_is_from():
    for one in interactions(taking(*ALL)):
        assert one.because.endswith(".") and one.do.endswith(".") and one.cite and one.names


def test_an_answer_counts_until_the_medication_changes():
    first, second = taking("oxycodone", "alprazolam")
    (found,) = interactions([first, second])
    refused = unanswered_verdict([found], [])
    assert not refused and "stop the breathing" in refused.because
    assert unanswered_verdict([found], [found.subject])
    (changed,) = interactions([Taken(first.thread, 2, first.code, first.name), second])
    assert not unanswered_verdict([changed], [found.subject])


def test_only_a_prescriber_or_nurse_answers():
    assert may_answer(frozenset({"nurse"})) and may_answer(frozenset({"prescriber", "director"}))
    assert not may_answer(frozenset({"clinician", "director"}))


@given(
    st.permutations(taking("oxycodone", "alprazolam", "naltrexone", "methadone", "citalopram", "disulfiram"))
)
def test_the_order_of_the_list_changes_nothing(order):
    ordered = interactions(order)
    assert ordered == interactions(sorted(order, key=lambda one: one.name))
    assert len({one.subject for one in ordered}) == len(ordered)
