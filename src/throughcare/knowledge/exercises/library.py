"""Every exercise that ships, read from the `.toml` files beside this one."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files

from throughcare.knowledge.exercises.exercise import Exercise, Step

# In the order in which they help: what calms at once comes first.
ORDER = ("breathing", "grounding", "urge-surfing", "thought-record", "activation", "values", "sleep")


def read_exercise(text: str) -> Exercise:
    """One exercise as its file spells it. Raises `TypeError` where something is missing or not known."""
    rows = tomllib.loads(text)
    steps = tuple(Step(**row) for row in rows.pop("steps"))
    return Exercise(steps=steps, **rows)


def _read() -> Iterator[Exercise]:
    folder = files("throughcare.knowledge").joinpath("exercises")
    for file in folder.iterdir():
        if file.name.endswith(".toml"):
            yield read_exercise(file.read_text(encoding="utf-8"))


_FOUND = {one.code: one for one in _read()}
ALL: dict[str, Exercise] = {code: _FOUND[code] for code in sorted(_FOUND, key=ORDER.index)}
