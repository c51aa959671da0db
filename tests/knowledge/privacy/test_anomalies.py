"""What the book of accesses gives away: two hundred charts in ten minutes do, a normal week doesn't (threat S2)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from throughcare.knowledge.privacy.anomalies import (
    AccessFact,
    colleagues_opened,
    find_anomalies,
    likenesses_opened,
    mass_reading,
    off_panel_bursts,
)

MONDAY = datetime(2026, 3, 2, 13, tzinfo=UTC)
SNOOP, NURSE = 99, 7


def opened(account, patient, at, relationship="off_panel", **more):
    """One chart opened by someone."""
    return AccessFact(account, patient, at, at.date(), relationship, **more)


def normal_week(draw: Random) -> list[AccessFact]:
    """Twelve staff and two hundred people over five days: own panels, covered groups, huddles, callbacks, lists."""
    facts = []
    for account in range(12):
        panel = range(account * 15, account * 15 + 15)
        for day in range(5):
            start = MONDAY + timedelta(days=day)
            minute = lambda: start + timedelta(seconds=draw.randint(0, 8 * 3600))  # noqa: E731, B023
            facts += [
                opened(account, draw.choice(panel), minute(), "care_team")
                for _ in range(draw.randint(20, 50))
            ]
            facts += [opened(account, draw.randrange(200), minute()) for _ in range(draw.randint(0, 15))]
            facts += [opened(account, one, minute(), is_list=True) for one in range(40)]
            if draw.random() < 0.4:  # a group covered for someone who is ill: twelve charts in a few minutes
                facts += covering(draw, account, minute())
            if account == 0:  # the director prepares the huddle: up to two dozen charts in ten minutes
                facts += covering(draw, account, start, people=draw.randint(15, 24))
    return facts


def covering(draw: Random, account: int, begins: datetime, *, people: int = 12) -> list[AccessFact]:
    """Charts of people of others, one after the other."""
    chosen = draw.sample(range(200), people)
    return [opened(account, one, begins + timedelta(seconds=22 * place)) for place, one in enumerate(chosen)]


def test_a_normal_week_raises_at_most_one_false_alarm():
    false_alarms = [len(off_panel_bursts(normal_week(Random(seed)))) for seed in range(10)]
    assert max(false_alarms) <= 1 and sum(false_alarms) <= 2


def test_two_hundred_charts_in_ten_minutes_are_always_told_and_once():
    for seed in range(20):
        draw = Random(seed)
        begins = MONDAY + timedelta(days=draw.randrange(5), seconds=draw.randrange(8 * 3600))
        snooping = [opened(SNOOP, one, begins + timedelta(seconds=3 * one)) for one in range(200)]
        (told,) = [one for one in off_panel_bursts([*normal_week(draw), *snooping]) if one.account == SNOOP]
        assert len(told.patients) == 200 and told.since == begins


@pytest.mark.parametrize(("charts", "told"), [(29, 0), (30, 1)])
def test_the_alarm_rings_at_the_thirtieth_chart(charts, told):
    facts = [opened(SNOOP, one, MONDAY + timedelta(seconds=20 * one)) for one in range(charts)]
    assert len(off_panel_bursts(facts)) == told


def test_the_same_thirty_slower_or_thirty_times_the_same_or_a_list_ring_nothing():
    slow = [opened(SNOOP, one, MONDAY + timedelta(seconds=21 * one)) for one in range(30)]
    same = [opened(SNOOP, 5, MONDAY + timedelta(seconds=one)) for one in range(30)]
    listed = [opened(SNOOP, one, MONDAY, is_list=True) for one in range(200)]
    treated = [opened(SNOOP, one, MONDAY, "care_team") for one in range(100)]
    assert not off_panel_bursts([*slow, *same, *listed, *treated][:30])
    for facts in (slow, same, listed, treated):
        assert not off_panel_bursts(facts)


def test_a_program_may_set_the_alarm_lower():
    facts = [opened(SNOOP, one, MONDAY) for one in range(10)]
    assert off_panel_bursts(facts, {"access.off_panel_charts": 10})


def test_a_second_raid_later_is_told_again():
    first = [opened(SNOOP, one, MONDAY) for one in range(40)]
    second = [replace(one, opened_at=MONDAY + timedelta(hours=2)) for one in first]
    assert len(off_panel_bursts([*first, *second])) == 2


def test_reading_all_day_is_told_whoever_they_are():
    facts = [opened(NURSE, one, MONDAY + timedelta(minutes=one), "care_team") for one in range(121)]
    (told,) = mass_reading(facts)
    assert told.account == NURSE and len(told.patients) == 121
    assert not mass_reading(facts[:120])


def test_a_colleagues_chart_is_told_once_a_day_unless_the_reader_treats_them():
    facts = [opened(NURSE, 3, MONDAY + timedelta(minutes=one), is_colleague=True) for one in range(3)]
    assert len(colleagues_opened(facts)) == 1
    assert (
        len(colleagues_opened([*facts, opened(NURSE, 3, MONDAY + timedelta(days=1), is_colleague=True)])) == 2
    )
    assert colleagues_opened([replace(facts[0], relationship="emergency")])
    assert not colleagues_opened([replace(one, relationship="care_team") for one in facts])


def test_the_same_address_goes_before_the_same_name():
    both = opened(NURSE, 3, MONDAY, likeness=frozenset({"address", "family_name"}))
    name = opened(NURSE, 4, MONDAY, likeness=frozenset({"family_name"}))
    assert [one.code for one in likenesses_opened([both, name])] == ["same_address", "same_family_name"]
    assert not likenesses_opened([replace(both, relationship="on_panel")])


def test_all_rules_together_tell_in_the_order_in_which_it_began_and_name_nobody():
    facts = [
        opened(NURSE, 3, MONDAY + timedelta(hours=1), is_colleague=True),
        opened(NURSE, 4, MONDAY, likeness=frozenset({"address"})),
    ]
    found = find_anomalies(facts)
    assert [one.code for one in found] == ["same_address", "colleague"]
    assert all(one.because.endswith(".") for one in found)
    assert find_anomalies([]) == []


def test_a_day_is_the_clinics_own():
    late = AccessFact(NURSE, 3, MONDAY, date(2026, 3, 1), "off_panel", is_colleague=True)
    assert len(colleagues_opened([late, replace(late, day=date(2026, 3, 2))])) == 2
