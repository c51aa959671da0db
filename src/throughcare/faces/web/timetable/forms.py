"""Forms of the timetable: which week to solve and for how long, what to change in a plan, and publishing it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from throughcare.faces.web.fields import Agree, Date, Number, Pick, Select, Text
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.knowledge.clinic_calendar import week_of
from throughcare.pathway.timetable.plan_views import PlanGroup
from throughcare.pathway.timetable.runs import SECONDS

LIMITS = {
    10: "10 seconds: a first look",
    30: "30 seconds",
    60: "1 minute: a good week for one site",
    180: "3 minutes",
    600: "10 minutes: the best that can be had",
}


class SolveForm(Form):
    """Which week to solve, and for how long."""

    week = Date("A day of the week", hint="The plan is for its Monday to Sunday", missing="Choose the week")
    seconds = Select("How long may it take?", tuple((str(one), LIMITS[one]) for one in SECONDS), initial="60")
    seed = Number(
        "Which try",
        hint="The same week, try and limit give much the same plan; another number gives another",
        initial=0,
        min_value=0,
        max_value=9999,
    )

    def __init__(self, sites: Sequence[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.sites = sites
        if len(sites) > 1:
            self.fields["site"] = Select("Site", sites, missing="Choose the site")
            self.order_fields(["site", "week"])

    @property
    def site(self) -> UUID:
        """The site that was chosen, or the only one."""
        return UUID(self.cleaned_data.get("site") or self.sites[0][0])

    @property
    def monday(self) -> date:
        """The Monday of the day that was chosen."""
        return week_of(self.cleaned_data["week"])


CHANGES = (
    ("join", "Someone joins the group"),
    ("leave", "Someone leaves the group"),
    ("lead", "Someone else leads it, or it is held after all"),
    ("close", "It is not held"),
)


class ChangeForm(Form):
    """A change by hand of one group of a plan."""

    kind = Pick("What changes?", CHANGES, missing="Choose what changes")
    asked_when: ClassVar = {
        "person": AskedWhen("kind", ("join", "leave"), "Choose the person"),
        "staff": AskedWhen("kind", ("lead",), "Choose who leads the group"),
    }

    def __init__(self, view: PlanGroup, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        inside = [(one, f"{name} (in the group)") for one, name, _ in view.people]
        self.fields["person"] = Select("Who?", (*inside, *view.others), optional=True)
        self.fields["staff"] = Select("Who leads it?", view.staff, optional=True)


class PublishForm(Form):
    """A plan becomes the week; `seen` names the week of the preview."""

    because = Text(
        "Why does the week change?",
        hint="Everyone whom it touches reads this. Name nobody and no reason of anyone's.",
        missing="Say why the week changes",
        max_length=300,
    )
    despite_broken = Agree("I have weighed what the check says, and publish all the same", optional=True)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def shows(self, seen: str, *, weighs: bool) -> None:
        """The page shows this week now; what the check says is weighed only where it says something."""
        if self.is_bound:
            self.data = {**self.data.dict(), "seen": seen}
        self.initial["seen"] = seen
        if not weighs:
            del self.fields["despite_broken"]
