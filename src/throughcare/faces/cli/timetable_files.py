"""The files of `throughcare timetable`: problems and plans read, a plan written whole or not at all."""

import json
import os
import tempfile
from pathlib import Path

from throughcare.faces.cli.exchange import WrongInput, read_json
from throughcare.timetable.contradictions import find_contradictions
from throughcare.timetable.interchange import ProblemError, read_plans, read_problems, write_plan
from throughcare.timetable.problem import Plan, Problem


def read_sites(path: str, *, to_solve: bool = False) -> tuple[Problem, ...]:
    """The sites of a problem file; `to_solve`: refused when one contradicts itself. Raises `WrongInput`."""
    given = read_json(path)
    try:
        problems = read_problems(given)
    except ProblemError as error:
        raise WrongInput(f"{path}: {error}") from error
    for place, problem in enumerate(problems if to_solve else ()):
        found = find_contradictions(problem, f"sites[{place}]" if isinstance(given, list) else "")
        if found:
            more = "" if len(found) == 1 else f" (and {len(found) - 1} more)"
            raise WrongInput(f"{path}: {found[0].where}: {found[0].because}{more}")
    return problems


def read_plans_of(path: str, problems: tuple[Problem, ...]) -> tuple[Plan, ...]:
    """A plan for each site. Raises `WrongInput`."""
    try:
        plans = read_plans(read_json(path))
    except ProblemError as error:
        raise WrongInput(f"{path}: {error}") from error
    if len(plans) != len(problems):
        raise WrongInput(f"{path}: a plan for each of {len(problems)} sites is expected, found {len(plans)}")
    return plans


def check_can_write(path: str) -> None:
    """Raises `WrongInput` when no file could be written there, before any time is spent on what it would hold."""
    folder = Path(path).parent
    if Path(path).is_dir():
        raise WrongInput(f"{path}: is a folder")
    if not folder.is_dir():
        raise WrongInput(f"{path}: the folder {folder} is not there")
    if not os.access(folder, os.W_OK):
        raise WrongInput(f"{path}: the folder {folder} can't be written to")


def write_plans(path: str, plans: list[Plan]) -> None:
    """Write the plans of all sites. The file is whole at every moment: the old one, or the new one."""
    target = Path(path)
    text = json.dumps([write_plan(plan) for plan in plans], ensure_ascii=False)
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=target.parent, prefix=f".{target.name}.", delete=False
        ) as draft:
            draft.write(text)
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).chmod(0o644)
        Path(draft.name).replace(target)
    except OSError as error:
        raise WrongInput(f"{path}: can't be written ({error})") from error
