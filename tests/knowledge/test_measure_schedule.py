"""Which questionnaire is asked when, on both sides of each day."""

from datetime import date, timedelta

import pytest

from throughcare.knowledge.measure_schedule import Course, due_until

ADMITTED = date(2026, 3, 2)
DAY = timedelta(days=1)


def codes(until, *, ended=None, age=40, ever=(), last=None, own=None, worded=()):
    course = Course(ADMITTED, ended, age, frozenset(ever), last or {}, frozenset(worded))
    return {due.code: (due.occasion, due.due_date, due.opens_date) for due in due_until(course, until, own)}


def test_the_first_week_ends_with_three_questionnaires_that_open_before():
    assert codes(ADMITTED + 6 * DAY) == {}
    found = codes(ADMITTED + 7 * DAY)
    assert set(found) == {"phq-9", "gad-7", "use-and-craving"}
    assert found["phq-9"] == ("weekly", ADMITTED + 7 * DAY, ADMITTED + 4 * DAY)


def test_what_was_asked_is_not_asked_again_and_days_gone_by_are_not_made_up():
    last = dict.fromkeys(("phq-9", "gad-7", "use-and-craving"), ADMITTED + 7 * DAY)
    assert codes(ADMITTED + 13 * DAY, last=last) == {}
    assert codes(ADMITTED + 28 * DAY, last=last)["phq-9"][1] == ADMITTED + 28 * DAY


def test_whoever_was_asked_by_hand_a_day_before_is_left_alone():
    assert "phq-9" not in codes(ADMITTED + 14 * DAY, last={"phq-9": ADMITTED + 13 * DAY})
    assert "phq-9" in codes(ADMITTED + 14 * DAY, last={"phq-9": ADMITTED + 10 * DAY})


def test_after_thirty_days_come_the_longer_ones():
    assert not {"bam", "working-together"} & set(codes(ADMITTED + 29 * DAY))
    found = codes(ADMITTED + 30 * DAY)
    assert {"bam", "working-together"} <= set(found) and "pcl-5" not in found
    assert "pcl-5" in codes(ADMITTED + 30 * DAY, ever=("pcl-5",))


@pytest.mark.parametrize(
    ("age", "code"), [(10, "phq-9"), (11, "phq-a"), (17, "phq-a"), (18, "phq-9"), (None, "phq-9")]
)
def test_teenagers_get_their_own(age, code):
    assert code in codes(ADMITTED + 7 * DAY, age=age)
    assert not ({"phq-9", "phq-a"} - {code}) & set(codes(ADMITTED + 7 * DAY, age=age))


@pytest.mark.parametrize(
    ("worded", "age", "asked"),
    [
        ((), 40, set()),
        (("whodas-12",), 40, {"whodas-12"}),
        (("wsas", "whodas-12"), 40, {"wsas"}),
        (("wsas",), 16, set()),
    ],
)
def test_how_life_goes_is_asked_where_the_wording_is_licensed(worded, age, asked):
    found = set(codes(ADMITTED + 30 * DAY, age=age, worded=worded))
    assert found & {"wsas", "whodas-12"} == asked


def test_a_teens_thirty_days_have_no_adults_instrument():
    assert set(codes(ADMITTED + 30 * DAY, age=16)) == {
        "phq-a",
        "gad-7",
        "use-and-craving",
        "working-together",
    }


def test_on_leaving_and_one_three_and_six_months_after():
    ended = date(2026, 5, 4)
    assert codes(ended, ended=ended)["phq-9"][0] == "discharge"
    assert "phq-9" not in codes(ended, ended=ended, last={"phq-9": ended - 2 * DAY})
    last = {"phq-9": ended}
    assert "phq-9" not in codes(ended + 29 * DAY, ended=ended, last=last)
    assert codes(ended + 30 * DAY, ended=ended, last=last)["phq-9"][:2] == ("follow_up", ended + 30 * DAY)
    assert codes(ended + 180 * DAY, ended=ended, last=last)["phq-9"][1] == ended + 180 * DAY


def test_a_program_sets_its_own_rhythm_or_none():
    assert "phq-9" not in codes(ADMITTED + 7 * DAY, own={"measures.weekly_days": 14})
    assert "phq-9" in codes(ADMITTED + 14 * DAY, own={"measures.weekly_days": 14})
    assert codes(ADMITTED + 28 * DAY, own={"measures.weekly_days": 0}) == {}
