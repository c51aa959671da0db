"""The list of guards that `bench.mutation` takes out: each still stands where it says, and its tests are there."""

import ast
from pathlib import Path

import pytest
from bench.guards import GUARDS, Guard
from bench.mutation import without

HOUSE = Path(__file__).resolve().parents[2]


def test_at_least_thirty_guards_are_named_once_each():
    assert len({guard.name for guard in GUARDS}) == len(GUARDS) >= 30


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_it_stands_exactly_once_and_without_it_the_file_is_still_a_program(guard):
    changed = without(guard, (HOUSE / guard.file).read_text(encoding="utf-8"))
    ast.parse(changed)
    assert all((HOUSE / test).exists() for test in guard.tests)


def test_a_guard_that_moved_away_is_noticed():
    gone = Guard("gone", "", "no such line", "", ())
    with pytest.raises(ValueError, match="stands 0 times"):
        without(gone, "another line")
