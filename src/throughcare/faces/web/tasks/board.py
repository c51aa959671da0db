"""The board: what is to be arranged for whom, mine and the team's, what is overdue first."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.safety_plan.dues import due_plans
from throughcare.pathway.task.referral_out_views import ReferralLine, open_referrals_out
from throughcare.pathway.task.task_views import TaskLine, open_tasks

TASKS = (Column("Patient"), Column("What"), Column("By"), Column("Next step"), Column("Whose"))
REFERRALS = (Column("Patient"), Column("To"), Column("Stands at"), Column("Waits for"), Column("Whose"))
PLANS = (Column("Patient"), Column("Plan"), Column("Why"), Column("Since"))
SHOWN: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "mine": ("Mine", lambda one: bool(one.is_mine)),
    "team": ("The team's", lambda one: True),
    "overdue": ("Overdue", lambda one: bool(one.is_overdue)),
}


def board(request: StaffRequest) -> HttpResponse:
    """Open tasks and referrals out."""
    by, now = request.actor, timezone.now()
    tasks, referrals = open_tasks(by=by, at=now), open_referrals_out(by=by, at=now)
    both: list[TaskLine | ReferralLine] = [*tasks, *referrals]
    shown = request.GET.get("show", "")
    if shown not in SHOWN:
        shown = "mine" if any(one.is_mine for one in both) else "team"
    is_shown = SHOWN[shown][1]
    context = {
        "tabs": [
            (title, f"?show={code}", code == shown, sum(map(counts, both)))
            for code, (title, counts) in SHOWN.items()
        ],
        "tasks": [one for one in tasks if is_shown(one)],
        "referrals": [one for one in referrals if is_shown(one)],
        "plans": due_plans(by=by, at=now) if shown != "mine" else (),
        "shows_plans": shown != "mine",
        "plan_columns": PLANS,
        "task_columns": TASKS,
        "referral_columns": REFERRALS,
    }
    return render(request, "tasks/board.html", context)
