"""The week's blocks stand where their times say, beside each other when they overlap."""

from datetime import date, time, timedelta

import pytest

from throughcare.faces.web.parts.weeks import MOST_LANES, Block, week_grid

MONDAY = date(2026, 3, 2)
DAYS = [MONDAY + timedelta(days=number) for number in range(7)]


def block(starts: time, ends: time, day: date = MONDAY, title: str = "Group") -> Block:
    return Block(day, starts, ends, title)


def test_the_grid_opens_with_the_earliest_and_closes_with_the_latest():
    grid = week_grid(DAYS, [block(time(9, 30), time(10)), block(time(17, 30), time(20, 30), DAYS[3])])
    assert (grid.hours[0], grid.hours[-1]) == (time(9), time(20))


def test_a_block_starts_at_its_quarter_and_is_as_tall_as_it_lasts():
    (placed,) = week_grid(DAYS, [block(time(17, 30), time(20, 30))]).days[0].blocks
    assert (placed.row, placed.height, placed.lane) == (3, 12, 1)


def test_what_overlaps_stands_side_by_side_and_what_follows_takes_the_free_lane():
    grid = week_grid(
        DAYS,
        [
            block(time(9), time(11)),
            block(time(10), time(12), title="Court"),
            block(time(11), time(12), title="Work"),
        ],
    )
    day = grid.days[0]
    assert day.lanes == 2
    assert [(one.block.title, one.lane) for one in day.blocks] == [("Group", 1), ("Court", 2), ("Work", 1)]


def test_no_two_blocks_of_a_lane_overlap_while_lanes_last():
    blocks = [block(time(9 + number % 3), time(11 + number % 3)) for number in range(MOST_LANES)]
    placed = week_grid(DAYS, blocks).days[0].blocks
    for one in placed:
        for other in placed:
            if one is not other and one.lane == other.lane:
                assert one.row + one.height <= other.row or other.row + other.height <= one.row


def test_more_than_the_lanes_share_the_last():
    day = week_grid(DAYS, [block(time(9), time(10)) for _ in range(MOST_LANES + 2)]).days[0]
    assert day.lanes == MOST_LANES
    assert max(one.lane for one in day.blocks) == MOST_LANES


@pytest.mark.parametrize("ends", [time(0), time(23, 59)])
def test_a_block_may_last_to_midnight(ends):
    grid = week_grid(DAYS, [block(time(22), ends)])
    assert grid.hours[-1] == time(23)
    assert grid.days[0].blocks[0].height == 8


def test_a_block_of_another_week_is_left_out():
    assert week_grid(DAYS, [block(time(9), time(10), MONDAY - timedelta(days=1))]).days[0].blocks == []
