"""Plans: the board of a week, its groups and people, figures side by side, and changes by hand."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.parts.weeks import Block, week_grid
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.timetable.forms import ChangeForm
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.week_rules import say_day
from throughcare.pathway.cannot import Absent
from throughcare.pathway.timetable.picture.meaning import read_slot
from throughcare.pathway.timetable.plans.changing import Change, Weighed, change_plan, weigh_change
from throughcare.pathway.timetable.plans.figures import compare_plans
from throughcare.pathway.timetable.plans.person import plan_person
from throughcare.pathway.timetable.plans.views import PlanBoard, plan_board, plan_group

MOST_COMPARED = 4
LOAD_COLUMNS = (
    Column("Who leads"),
    Column("Groups", numbers=True),
    Column("Hours", numbers=True),
    Column("Meant", numbers=True),
    Column("At most", numbers=True),
)
PEOPLE_COLUMNS = (Column("Person"), Column("In the plan"), Column("Change", unseen=True))


def plan(request: StaffRequest, plan: UUID) -> HttpResponse:
    """The board of a plan: its week, its figures, what the check says of it."""
    board = plan_board(plan, by=request.actor, at=timezone.now())
    context = {
        "board": board,
        "figures": board.figures,
        "trail": trail(board),
        "lead": lead_of(board),
        "load_columns": LOAD_COLUMNS,
        "compare_url": f"{reverse('compare_plans')}?plan={plan}",
    }
    return render(request, "timetable/plan.html", context)


def trail(board: PlanBoard) -> list[tuple[str, str]]:
    """The way to a plan."""
    return [("Timetable", reverse("timetable")), ("Run", reverse("timetable_run", args=[board.run]))]


def lead_of(board: PlanBoard) -> str:
    """Which week it is, and what the plan comes to."""
    sunday = board.monday + timedelta(days=6)
    return f"{say_day(board.monday)} to {say_day(sunday)}, {sunday.year}. {board.title}"


def compare(request: StaffRequest) -> HttpResponse:
    """Up to four plans side by side."""
    asked = [found for text in request.GET.getlist("plan") if (found := _uuid(text))]
    if not asked:
        return redirect("timetable")
    by, now = request.actor, timezone.now()
    board = plan_board(asked[0], by=by, at=now)
    figures = compare_plans(asked[:MOST_COMPARED], by=by)
    chosen = {one.line.uid for one in figures}
    context = {
        "board": board,
        "figures": figures,
        "columns": (Column("What counts"), *(Column(one.line.label, numbers=True) for one in figures)),
        "rows": [(title, [getattr(one, name) for one in figures]) for title, name in ROWS],
        "loads": _loads(figures),
        "load_columns": (
            Column("Hours of groups"),
            *(Column(one.line.label, numbers=True) for one in figures),
        ),
        "choices": [(one, one.uid in chosen) for one in (board.figures.line, *board.others)],
        "trail": trail(board),
        "lead": lead_of(board),
    }
    return render(request, "timetable/compare.html", context)


ROWS = (
    ("People with all their hours", "met"),
    ("People below their least hours", "below"),
    ("Prescribed hours met", "hours_met"),
    ("Days too short to bill", "short_days"),
    ("Groups that meet", "groups"),
    ("People in a group, on average", "mean_size"),
    ("Groups smaller than they should be", "small"),
    ("Groups without a room", "without_room"),
    ("Rules broken", "broken"),
    ("People whose published week changes", "changed_people"),
    ("Meetings that are new", "new_groups"),
    ("Meetings that end", "closed_groups"),
    ("Meetings with another leader", "other_leaders"),
)


def _loads(figures: list[Any]) -> list[tuple[str, list[float]]]:
    hours = [{load.name: load.hours for load in one.loads} for one in figures]
    return [(name, [one.get(name, 0.0) for one in hours]) for name in sorted(set().union(*hours))]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@once
def group(request: StaffRequest, plan: UUID, slot: str) -> HttpResponse:
    """One group of a plan, and the changes by hand that begin here."""
    by, now = request.actor, timezone.now()
    key = read_slot(slot)
    if key is None:
        raise Absent("group")
    view = plan_group(plan, slot, by=by, at=now)
    form = ChangeForm(view, request.POST or None, initial=dict(request.GET.items()))
    weighed: list[Weighed] = []
    made: list[UUID] = []

    def weigh() -> None:
        change = Change(
            form.cleaned_data["kind"], key, form.cleaned_data["person"], form.cleaned_data["staff"]
        )
        if request.POST.get("action") == "keep":
            made.append(change_plan(plan, change, by=by, at=now))
        else:
            weighed.append(weigh_change(plan, change, by=by, at=now))

    if form.is_valid() and attempt(form, weigh) and made:
        messages.success(request, "Kept as a plan of its own. The plan it was made from stays.")
        return redirect("timetable_plan", made[0])
    board_url = reverse("timetable_plan", args=[plan])
    context = {
        "form": form,
        "view": view,
        "plan": plan,
        "weighed": weighed[0] if weighed else None,
        "columns": PEOPLE_COLUMNS,
        "back": board_url,
        "trail": [("Timetable", reverse("timetable")), ("Plan", board_url)],
    }
    return render(request, "timetable/group.html", context, status=422 if form.errors else 200)


def person(request: StaffRequest, plan: UUID, person: UUID) -> HttpResponse:
    """A person's own week in a plan."""
    view = plan_person(plan, person, by=request.actor, at=timezone.now())
    board_url = reverse("timetable_plan", args=[plan])
    days = [view.monday + timedelta(days=n) for n in range(7)]
    blocks = [
        Block(
            day,
            starts,
            ends,
            title,
            detail,
            url=reverse("timetable_group", args=[plan, slot]) if slot else "",
        )
        for day, starts, ends, title, detail, slot in view.blocks
    ]
    context = {
        "view": view,
        "grid": week_grid(days, blocks),
        "label": f"Week of {say_day(view.monday)}",
        "lead": f"{view.hours:g} of {view.prescribed:g} prescribed hours; at least {view.least:g} at this level.",
        "week_url": reverse("patient_week", args=[person]),
        "trail": [("Timetable", reverse("timetable")), ("Plan", board_url)],
    }
    return render(request, "timetable/person.html", context)
