"""What every peer shares: a problem file in, a plan file out, the same limit for building the model and solving it."""

import json
import sys
import time
from pathlib import Path
from typing import Any, Protocol

from throughcare.timetable.interchange import read_problem, write_plan
from throughcare.timetable.problem import Plan, Problem


class Solve(Protocol):
    """A peer: the best week it finds within the seconds, or None."""

    def __call__(self, problem: Problem, *, seconds: float, workers: int) -> Plan | None: ...


EMPTY: dict[str, Any] = {"groups": [], "attend": {}, "one": {}}


def run_peer(solve: Solve) -> None:
    """`PROBLEM.json PLAN.json SECONDS WORKERS`: solve each site in its share of the time; null where none was found."""
    problem_file, plan_file, seconds, workers = sys.argv[1:5]
    sites = json.loads(Path(problem_file).read_text())
    share = float(seconds) / len(sites)
    plans = []
    for site in sites:
        began = time.monotonic()
        problem = read_problem(site)
        plan = solve(problem, seconds=share - (time.monotonic() - began), workers=int(workers))
        plans.append(None if plan is None else write_plan(plan))
    Path(plan_file).write_text(json.dumps(plans))
