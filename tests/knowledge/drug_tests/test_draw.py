"""The draw: as often as the phase says, never further apart than may be, and a seed that can't be exchanged."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughcare.knowledge.drug_tests.draw import (
    Ask,
    Drawn,
    candidate_days,
    check_period,
    draw_days,
    first_of_period,
    how_many,
    latest_day,
    mark_of,
    phase_of,
)
from throughcare.knowledge.drug_tests.proof import Proof, proof_as_json, proof_from_json
from throughcare.knowledge.fair_chance import commitment_of, in_chance_order, keeps_its_word

SEED = "5e" * 32
MONDAY = date(2026, 3, 2)
TICKET = str(UUID(int=7))
seeds = st.binary(min_size=32, max_size=32).map(bytes.hex)


def ask(first=MONDAY, count=1, **more):
    more.setdefault("candidates", candidate_days(first, 1, not_before=first))
    return Ask(more.pop("ticket", TICKET), first, 1, count, **more)


@pytest.mark.parametrize(
    ("week", "earns", "phase"),
    [
        (1, False, "first"),
        (4, False, "first"),
        (5, False, "middle"),
        (5, True, "first"),
        (12, False, "middle"),
        (13, False, "later"),
    ],
)
def test_how_often_follows_the_week_of_the_stay(week, earns, phase):
    assert phase_of("by_week", week_of_stay=week, earns_rewards=earns) == phase


def test_two_a_week_then_one_then_one_in_two_weeks():
    assert [how_many(phase) for phase in ("first", "middle", "later")] == [(2, 1), (1, 1), (1, 2)]


def test_every_open_weekday_is_a_candidate_and_no_weekend_or_holiday():
    days = candidate_days(MONDAY, 1, not_before=MONDAY, closed={date(2026, 3, 4)})
    assert [day.day for day in days] == [2, 3, 5, 6]


@given(seeds)
@settings(max_examples=50)
def test_once_a_week_the_gap_is_never_above_ten_days(seed):
    last, gaps = None, []
    for week in range(12):
        [day] = draw_days(seed, ask(MONDAY + timedelta(weeks=week), not_after=latest_day(last, "middle")))
        gaps += [(day - last).days] if last else []
        last = day
    assert max(gaps) <= 10


@given(seeds)
@settings(max_examples=50)
def test_once_in_two_weeks_the_gap_is_never_above_three_weeks(seed):
    last, gaps = None, []
    for pair in range(8):
        monday = MONDAY + timedelta(weeks=2 * pair)
        days = candidate_days(monday, 2, not_before=monday)
        [day] = draw_days(seed, ask(monday, candidates=days, not_after=latest_day(last, "later")))
        gaps += [(day - last).days] if last else []
        last = day
    assert max(gaps) <= 21


@given(seeds, st.integers(0, 5))
def test_as_many_days_as_asked_for_each_of_them_a_candidate_and_none_twice(seed, count):
    days = draw_days(seed, ask(count=count))
    assert len(set(days)) == len(days) == count
    assert set(days) <= set(ask().candidates)


def test_each_day_comes_about_equally_often():
    found = [draw_days(SEED, ask(ticket=f"ticket {number}"))[0].weekday() for number in range(2_000)]
    assert all(340 < found.count(weekday) < 460 for weekday in range(5))


def test_the_persons_own_word_changes_the_chance_and_is_kept_as_a_fingerprint():
    plain = [draw_days(SEED, ask(MONDAY + timedelta(weeks=n))) for n in range(8)]
    own = [draw_days(SEED, ask(MONDAY + timedelta(weeks=n), own_mark=mark_of("Bluebird"))) for n in range(8)]
    assert plain != own
    assert "bluebird" not in mark_of("Bluebird").lower()


def test_a_seed_keeps_its_word_and_no_other_does():
    assert keeps_its_word(SEED, commitment_of(SEED))
    assert not keeps_its_word("5f" * 32, commitment_of(SEED))
    assert not keeps_its_word("no hex", commitment_of(SEED))


def test_the_order_of_chance_is_a_shuffle():
    assert sorted(in_chance_order(range(50), seed=SEED, label="x")) == list(range(50))


def test_the_proof_finds_an_exchanged_seed_a_moved_day_and_a_day_that_was_not_asked():
    right = Drawn(ask(count=2), draw_days(SEED, ask(count=2)))
    moved = Drawn(right.ask, tuple(day for day in right.ask.candidates if day not in right.days)[:2])
    asked = {TICKET: right.days}
    word = commitment_of(SEED)
    assert check_period(SEED, word, [right], asked_on=asked) == ()
    assert "not the one whose hash" in check_period("5f" * 32, word, [right])[0]
    assert "the seed draws" in check_period(SEED, word, [moved])[0]
    assert "asked was on" in check_period(SEED, word, [right], asked_on={TICKET: right.days[:1]})[0]


def test_the_proof_survives_its_file():
    drawn = Drawn(ask(count=2), draw_days(SEED, ask(count=2)))
    proof = Proof(first_of_period(MONDAY), commitment_of(SEED), SEED, (drawn,), {TICKET: drawn.days})
    assert proof_from_json(proof_as_json(proof)) == proof
