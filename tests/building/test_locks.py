"""Whoever holds a person must not keep others from writing in the book of accesses that they looked at them.

A row of the book points to the person, and the end of the book is held while it is written. A lock that also guards
the key (`FOR UPDATE`) would wait for that row while that row waits for the end of the book.
"""

import re

from tests.building.test_floors import PYTHON_FILES, SOURCE

# Two entries of a person become one: here the keys themselves change hands.
MOVES_KEYS = {"pathway/people/duplicates.py"}
HELD = re.compile(r"(?:Patient|Account|Organization)\.objects\.select_for_update\(((?:[^()]|\([^()]*\))*)\)")


def test_a_person_is_held_without_their_key():
    wrong = [
        str(path.relative_to(SOURCE))
        for path in PYTHON_FILES
        for how in HELD.findall(path.read_text(encoding="utf-8"))
        if "no_key=True" not in how and str(path.relative_to(SOURCE)) not in MOVES_KEYS
    ]
    assert wrong == []
