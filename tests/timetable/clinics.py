"""Problems that tests work on: those of the shared material, those its generator makes, and tiny ones."""

import importlib.util
import json
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "timetable"
ABSENT = "the shared material (../shared/data/timetable) is not beside this checkout"
needs_shared = pytest.mark.skipif(not FOLDER.exists(), reason=ABSENT)


def shared_sites(name: str) -> list[dict[str, Any]]:
    """The sites of a problem of the shared material, such as `n20`."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@cache
def _module(name: str) -> ModuleType:
    specification = importlib.util.spec_from_file_location(f"shared_{name}", FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def generated_site(people: int, seed: int) -> dict[str, Any]:
    """A site as the shared generator makes it."""
    return json.loads(json.dumps(_module("generate").gen(people, seed)))


def scorer() -> Callable[..., dict[str, Any]]:
    """The shared scorer: `evaluate(site, plan, prev)`."""
    return _module("score_week").evaluate


def any_plan(site: dict[str, Any], seed: int) -> dict[str, Any]:
    """A plan with every kind of mistake in it, made of slots that exist."""
    choice = random.Random(seed)
    slots = [
        [name, variant, day, start, copy]
        for name, kind in site["types"].items()
        for variant in kind["variants"]
        for day in range(site["days"])
        for run in site["group_periods"].values()
        for start in run
        if start + kind["dur"] - 1 in run and start + kind["dur"] <= site["day_end"][day]
        for copy in range(site["copies"])
    ]
    opened = choice.sample(slots, choice.randint(0, min(len(slots), 3 * len(site["patients"]) // 4)))
    staff = [row["id"] for row in site["staff"]]
    groups = [{"slot": slot, "fac": choice.choice(staff)} for slot in opened]
    attend, one = {}, {}
    for patient in site["patients"]:
        if choice.random() < 0.9:
            among = opened if opened and choice.random() < 0.9 else slots
            attend[patient["id"]] = choice.sample(among, min(len(among), choice.randint(0, 14)))
            one[patient["id"]] = {
                visit["kind"]: [choice.randrange(site["days"]), choice.randrange(site["periods"])]
                for visit in patient["one"]
                if choice.random() < 0.8
            }
    return {"groups": groups, "attend": attend, "one": one}
