"""What `throughcare timetable` prints: the judgement of a plan, and explanations, as JSON."""

from collections.abc import Sequence
from typing import Any

from throughcare.timetable.check import Checked
from throughcare.timetable.explain import Explanation, Fix
from throughcare.timetable.interchange import write_plan, write_problem
from throughcare.timetable.problem import Problem

# What is added up over sites.
SUMMED = ("hard", "cost", "prescribed_hours", "met_hours", "unmet_hours", "short_days", "groups", "changed")


def as_json(problem: Problem, checked: Checked) -> dict[str, Any]:
    """The judgement of one site's plan."""
    return {
        "site": problem.site,
        "hard": checked.hard,
        "hard_by_rule": dict(checked.hard_by_rule),
        "cost": rounded(checked.cost.total),
        "cost_by_part": {part: rounded(cost) for part, cost in checked.cost.parts.items()},
        "prescribed_hours": rounded(checked.prescribed_hours),
        "met_hours": rounded(checked.prescribed_hours - checked.unmet_hours),
        "unmet_hours": rounded(checked.unmet_hours),
        "below": list(checked.below),
        "short_days": checked.short_days,
        "groups": checked.groups,
        "changed": checked.changed,
        "people_changed": list(checked.people_changed),
        "broken": [
            {
                "rule": one.rule,
                "because": one.because,
                "people": list(one.people),
                "slots": [list(key) for key in one.slots],
                "count": one.count,
            }
            for one in checked.broken
        ],
    }


def as_sum(sites: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The judgements of all sites, added up."""
    whole: dict[str, Any] = {name: rounded(sum(site[name] for site in sites)) for name in SUMMED}
    whole["met_percent"] = rounded(100 * whole["met_hours"] / (whole["prescribed_hours"] or 1))
    whole["below"] = sum(len(site["below"]) for site in sites)
    whole["people_changed"] = sum(len(site["people_changed"]) for site in sites)
    for name in ("hard_by_rule", "cost_by_part"):
        parts = [part for site in sites for part in site[name]]
        whole[name] = {
            part: rounded(sum(site[name].get(part, 0) for site in sites)) for part in dict.fromkeys(parts)
        }
    return whole


def explained_as_json(problem: Problem, explanation: Explanation, plans: bool) -> dict[str, Any]:
    """Why one person lacks hours; `plans`: with what each fix leads to."""
    return {
        "site": problem.site,
        "patient": explanation.person,
        "missing_hours": rounded(explanation.missing_hours),
        "never": explanation.never,
        "causes": [{"code": cause.code, "because": cause.because} for cause in explanation.causes],
        "fixes": [_fix(problem, fix, plans) for fix in explanation.fixes],
    }


def _fix(problem: Problem, fix: Fix, plans: bool) -> dict[str, Any]:
    changes = fix.problem is not problem
    found: dict[str, Any] = {
        "code": fix.code,
        "because": fix.because,
        "cost": rounded(fix.cost),
        "changes_problem": changes,
    }
    if plans:
        found |= {"plan": write_plan(fix.plan), "problem": write_problem(fix.problem) if changes else None}
    return found


def rounded(number: float) -> float:
    """A number as people write it: whole where it is whole."""
    return int(number) if number == int(number) else round(number, 4)
