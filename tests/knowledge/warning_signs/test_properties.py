"""What holds whatever happens: the order in which facts arrive says nothing, and no machine lowers a tier."""

from dataclasses import fields, replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.knowledge.warning_signs.facts import ZONE, on
from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.safety import RANK, TIER
from throughcare.knowledge.warning_signs.kinds import all_signs, next_look_at
from throughcare.knowledge.warning_signs.picture import (
    ContactFact,
    DayFact,
    DoseFact,
    EventFact,
    OwnSignFact,
    Picture,
    ScoreFact,
    SessionFact,
    TestFact,
    TierFact,
)
from throughcare.knowledge.warning_signs.tier import tier_in_force

MOMENTS = st.integers(-20 * 24 * 4, 8 * 24 * 4).map(
    lambda quarter: on(0, 0) + timedelta(minutes=15 * quarter)
)
TIERS = st.sampled_from(tuple(TIER))
SESSIONS = st.builds(
    lambda starts, status, late, number: SessionFact(
        key=str(number),
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        status=status,
        attended_minutes=150 if status in ("present", "late") else 0,
        late_minutes=late,
    ),
    MOMENTS,
    st.sampled_from((None, *STATUSES)),
    st.integers(0, 40),
    st.integers(),
)
SCORES = st.builds(
    lambda code, at, total, tier, number: ScoreFact(
        code,
        at,
        total if code == "phq-9" else None,
        tier if code != "phq-9" else "",
        (9,) if code == "phq-9" and total % 2 else (),
        str(number),
    ),
    st.sampled_from(("phq-9", "c-ssrs-screener")),
    MOMENTS,
    st.integers(0, 27),
    TIERS,
    st.integers(),
)
TESTS = st.builds(
    lambda at, avoided, found, number: TestFact(str(number), at, at, avoided, found),
    MOMENTS,
    st.sampled_from(("", "refused", "missed")),
    st.lists(st.sampled_from(("fentanyl", "cocaine", "benzodiazepines")), max_size=2).map(tuple),
    st.integers(),
)
DOSES = st.builds(
    lambda drug, day, status: DoseFact(drug, date(2026, 3, 2) + timedelta(days=day), status=status),
    st.sampled_from(("methadone", "sertraline")),
    st.integers(-10, 5),
    st.sampled_from(("taken", "missed", "held")),
)
DAYS = st.builds(
    lambda at, craving, own: DayFact(at, craving=craving, own_signs=own),
    MOMENTS,
    st.integers(0, 10),
    st.lists(st.sampled_from(("a", "b", "c")), max_size=2).map(tuple),
)
PICTURES = st.builds(
    Picture,
    at=MOMENTS,
    zone=st.just(ZONE),
    admitted_at=st.just(on(-25)),
    sessions=st.lists(SESSIONS, max_size=8, unique_by=lambda one: one.key).map(tuple),
    contacts=st.lists(
        st.builds(ContactFact, MOMENTS, st.just("call"), st.sampled_from(("reached", "no_answer"))),
        max_size=3,
    ).map(tuple),
    scores=st.lists(SCORES, max_size=6, unique_by=lambda one: one.key).map(tuple),
    tiers=st.lists(st.builds(TierFact, MOMENTS, TIERS), max_size=2).map(tuple),
    tests=st.lists(TESTS, max_size=5, unique_by=lambda one: one.key).map(tuple),
    doses=st.lists(DOSES, max_size=8, unique_by=lambda one: (one.drug, one.day)).map(tuple),
    days=st.lists(DAYS, max_size=6).map(tuple),
    own_signs=st.just(tuple(OwnSignFact(key, f"I {key}") for key in "abc")),
    events=st.lists(st.builds(EventFact, st.uuids().map(str), st.just("job"), MOMENTS), max_size=2).map(
        tuple
    ),
)
SHUFFLED = ("sessions", "contacts", "scores", "tiers", "tests", "doses", "days", "own_signs", "events")


@given(PICTURES, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_arrive_does_not_change_the_signs(picture, dice):
    shuffled = {}
    for name in SHUFFLED:
        facts = list(getattr(picture, name))
        dice.shuffle(facts)
        shuffled[name] = tuple(facts)
    assert all_signs(replace(picture, **shuffled)) == all_signs(picture)


@given(PICTURES)
def test_facts_that_are_still_to_come_change_nothing_but_when_something_is_due(picture):
    past = {
        name: tuple(fact for fact in getattr(picture, name) if fact.at <= picture.at)
        for name in ("contacts", "scores", "tiers", "tests", "days", "events")
    }
    assert all_signs(replace(picture, **past)) == all_signs(picture)


@given(PICTURES, st.lists(SCORES, max_size=4), st.integers(0, 400))
def test_no_answer_and_no_passing_of_time_lowers_a_tier(picture, answers, hours):
    later = replace(
        picture,
        at=picture.at + timedelta(hours=hours),
        scores=(*picture.scores, *answers),
        # What a clinician decides later is no machine's.
        tiers=tuple(fact for fact in picture.tiers if fact.at <= picture.at),
    )
    assert RANK[tier_in_force(later)] >= RANK[tier_in_force(picture)]


@given(PICTURES)
def test_the_next_look_lies_ahead_and_within_a_day(picture):
    assert timedelta() < next_look_at(picture) - picture.at <= timedelta(hours=30)


@given(PICTURES)
def test_every_sign_says_what_since_when_by_when_and_whose(picture):
    for sign in all_signs(picture):
        assert sign.because.endswith(".") and sign.owner_role
        assert sign.since <= picture.at
        assert sign.since <= sign.newest <= picture.at
        assert sign.due_at >= sign.since


def test_nothing_of_a_picture_is_left_out_of_the_shuffle():
    listed = {one.name for one in fields(Picture) if str(one.type).startswith("tuple")}
    assert listed - {*SHUFFLED, "words"} == set()
