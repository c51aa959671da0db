"""A rota without a gap: a whole year of it, over both changes of the clocks, whatever the turns and swaps."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as some

from throughcare.knowledge.clinic_calendar import at_local
from throughcare.knowledge.on_call import Gap, Rota, Swap, gaps, holder_at, new_gap, stretches

ZONES = (
    "America/New_York",
    "America/Phoenix",
    "America/Los_Angeles",
    "Europe/London",
    "Pacific/Auckland",
    "UTC",
)
YEAR = timedelta(days=366)
CARLA, FELIX, NIA, DANA = 1, 2, 3, 4


def a_rota(**changes):
    whole = {
        "first_day": date(2026, 3, 2),
        "changes_at": time(8),
        "turn_days": 7,
        "zone": "America/New_York",
        "primary": (CARLA, FELIX),
        "backup": (NIA, DANA),
    }
    return Rota(**{**whole, **changes})


ROTAS = some.builds(
    a_rota,
    first_day=some.dates(date(2026, 1, 1), date(2026, 12, 31)),
    changes_at=some.times().map(lambda one: one.replace(second=0, microsecond=0)),
    turn_days=some.integers(1, 28),
    zone=some.sampled_from(ZONES),
    primary=some.lists(some.integers(1, 9), min_size=1, max_size=5).map(tuple),
    backup=some.lists(some.integers(11, 19), min_size=1, max_size=5).map(tuple),
)


@settings(max_examples=60)
@given(
    ROTAS,
    some.lists(some.tuples(some.integers(0, 360), some.integers(1, 200), some.integers(21, 29)), max_size=4),
)
def test_a_year_has_no_gap_and_no_moment_twice_whatever_the_turns_and_swaps(rota, taken):
    since = rota.starts_at
    swaps = [
        Swap("primary", person, since + timedelta(days=day), since + timedelta(days=day, hours=hours))
        for day, hours, person in taken
    ]
    held = stretches([rota], swaps, "primary", since=since, until=since + YEAR)
    assert held[0].starts_at == since and held[-1].ends_at == since + YEAR
    assert all(one.ends_at == other.starts_at for one, other in pairwise(held))
    assert all(one.person is not None and one.starts_at < one.ends_at for one in held)
    assert gaps([rota], swaps, since=since, until=since + YEAR) == []


@settings(max_examples=40)
@given(ROTAS, some.integers(0, 365 * 24 * 4))
def test_the_quick_answer_is_the_one_that_walking_turn_by_turn_gives(rota, quarters):
    moment = rota.starts_at + timedelta(minutes=15 * quarters)
    number, day = 0, rota.first_day
    while at_local(day + timedelta(days=rota.turn_days), rota.changes_at, rota.zone) <= moment:
        day += timedelta(days=rota.turn_days)
        number += 1
    assert rota.turn_at(moment) == number
    assert rota.holder("primary", moment) == rota.primary[number % len(rota.primary)]


def test_a_turn_changes_over_at_eight_on_the_wall_on_both_sides_of_a_change_of_clocks():
    rota = a_rota(first_day=date(2026, 3, 1), turn_days=7)
    for day in (date(2026, 3, 1), date(2026, 3, 8), date(2026, 10, 25), date(2026, 11, 1)):
        change = at_local(day, time(8), rota.zone)
        assert change.astimezone(ZoneInfo(rota.zone)).hour == 8
        before = holder_at([rota], [], "primary", change - timedelta(seconds=1))
        assert before != holder_at([rota], [], "primary", change) or day == date(2026, 3, 1)
    # The week of the spring change is an hour shorter, that of the autumn change an hour longer.
    lengths = {n: rota.turn_starts(n + 1) - rota.turn_starts(n) for n in range(40)}
    assert lengths[0] == timedelta(days=7, hours=-1)
    assert lengths[34] == timedelta(days=7, hours=1)


def test_an_hour_that_comes_twice_or_not_at_all_gives_nobody_a_second_turn():
    """Turns of a day that change over at 1:30 (twice on 1 November) and at 2:30 (never on 8 March)."""
    for clock, day in ((time(1, 30), date(2026, 11, 1)), (time(2, 30), date(2026, 3, 8))):
        rota = a_rota(first_day=day - timedelta(days=2), changes_at=clock, turn_days=1)
        moments = [at_local(day, time(0), rota.zone) + timedelta(minutes=m) for m in range(0, 300, 5)]
        turns = [rota.turn_at(moment) for moment in moments]
        assert turns == sorted(turns) and len(set(turns)) == 2


def test_the_swap_and_the_rota_that_were_written_last_count():
    before, after = a_rota(), a_rota(first_day=date(2026, 3, 9), primary=(DANA,))
    noon = datetime(2026, 3, 10, 16, tzinfo=UTC)
    assert holder_at([before], [], "primary", noon) == (FELIX, False)
    assert holder_at([before, after], [], "primary", noon) == (DANA, False)
    first = Swap("primary", NIA, noon - timedelta(hours=1), noon + timedelta(hours=1))
    second = Swap("primary", CARLA, noon, noon + timedelta(hours=1))
    assert holder_at([before], [first, second], "primary", noon) == (CARLA, True)
    assert holder_at([before], [first, second], "primary", noon - timedelta(seconds=1)) == (NIA, True)
    assert holder_at([before], [first, second], "primary", noon + timedelta(hours=1)) == (FELIX, False)
    assert holder_at([before], [first], "backup", noon) == (DANA, False)


def test_before_the_first_rota_nobody_is_planned():
    rota = a_rota()
    since = rota.starts_at - timedelta(days=1)
    found = gaps([rota], [], since=since, until=rota.starts_at + timedelta(days=1))
    assert [(gap.line, gap.starts_at, gap.ends_at) for gap in found] == [
        ("backup", since, rota.starts_at),
        ("primary", since, rota.starts_at),
    ]


def test_one_person_on_both_lines_is_a_gap_for_exactly_that_long():
    rota = a_rota()
    begins = rota.starts_at + timedelta(days=1)
    swap = Swap("backup", CARLA, begins, begins + timedelta(hours=5))
    [gap] = gaps([rota], [swap], since=rota.starts_at, until=rota.starts_at + timedelta(days=7))
    assert (gap.line, gap.starts_at, gap.ends_at) == ("backup", begins, begins + timedelta(hours=5))


def test_a_change_is_blamed_only_for_the_gap_that_it_leaves():
    day = [datetime(2026, 3, n, tzinfo=UTC) for n in range(1, 9)]
    old = [Gap("primary", day[0], day[3], "away")]
    assert new_gap(old, [Gap("primary", day[1], day[2], "away")]) is None
    longer = new_gap(old, [Gap("primary", day[1], day[4], "away")])
    assert longer is not None and (longer.starts_at, longer.ends_at) == (day[3], day[4])
    assert new_gap(old, [Gap("backup", day[1], day[2], "away")]) is not None
    assert new_gap([], []) is None
