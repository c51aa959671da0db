"""Forms of the timetable: which week to solve and for how long, what to change in a plan, and publishing it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from throughcare.faces.web.fields import Agree, Date, Number, Pick, Select, Text, Time
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.faces.web.week.forms import WEEKDAY_CHOICES
from throughcare.knowledge.clinic_calendar import week_of
from throughcare.pathway.timetable.asking.proposals import PROPOSALS, Choices, Proposed
from throughcare.pathway.timetable.asking.repairs import TROUBLES, Trouble
from throughcare.pathway.timetable.plans.views import PlanGroup
from throughcare.pathway.timetable.runs.run import SECONDS
from throughcare.pathway.week.week_choices import WeekChoices

LIMITS = {
    10: "10 seconds: a first look",
    30: "30 seconds",
    60: "1 minute: a good week for one site",
    180: "3 minutes",
    600: "10 minutes: the best that can be had",
}


class SolveForm(Form):
    """Which week to solve, and for how long."""

    week = Date("A day of the week", hint="Planned from its Monday on", missing="Choose the week")
    seconds = Select(
        "How long may it take?",
        tuple((str(one), LIMITS[one]) for one in SECONDS),
        hint="You can stop it earlier",
        initial="60",
    )
    seed = Number(
        "Which try",
        hint="Another number, another plan",
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
            self.data = {**dict(self.data.items()), "seen": seen}
        self.initial["seen"] = seen
        if not weighs:
            del self.fields["despite_broken"]


class RepairForm(Form):
    """What went wrong with the week."""

    kind = Pick("What happened?", tuple(TROUBLES.items()), missing="Choose what happened")
    day = Date("On which day, or from which day on?", missing="Choose the day")
    asked_when: ClassVar = {
        "staff": AskedWhen("kind", ("staff",), "Choose who is away"),
        "room": AskedWhen("kind", ("room",), "Choose the room"),
    }

    def __init__(self, choices: WeekChoices, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["staff"] = Select("Who is away?", choices.practitioners, optional=True)
        self.fields["room"] = Select("Which room?", choices.rooms, optional=True)
        self.order_fields(["kind", "staff", "room", "day"])

    def trouble(self) -> Trouble:
        """What was said."""
        said = self.cleaned_data
        return Trouble(said["kind"], said["day"], staff=said["staff"] or "", room=said["room"] or "")


class WhatIfForm(Form):
    """A change that nobody has made yet."""

    kind = Pick("What would change?", tuple(PROPOSALS.items()), missing="Choose what would change")
    weekday = Select("On which day?", WEEKDAY_CHOICES, optional=True)
    starts = Time("From", optional=True)
    ends = Time("Until", optional=True)
    number = Number("How many people?", optional=True, min_value=1, max_value=60)
    asked_when: ClassVar = {
        "group": AskedWhen("kind", ("close", "move"), "Choose the group"),
        "offer": AskedWhen("kind", ("open",), "Choose the group on offer"),
        "weekday": AskedWhen("kind", ("move", "hours", "hire"), "Choose the day"),
        "starts": AskedWhen("kind", ("move", "hours", "hire"), "Enter when it starts"),
        "ends": AskedWhen("kind", ("hours", "hire"), "Enter when it ends"),
        "staff": AskedWhen("kind", ("hours",), "Choose who would work then"),
        "type": AskedWhen("kind", ("hire", "room", "size"), "Choose the type of group"),
        "number": AskedWhen("kind", ("room", "size"), "Enter how many people"),
    }

    def __init__(self, choices: Choices, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["group"] = Select("Which group?", choices.groups, optional=True)
        self.fields["offer"] = Select("Which group on offer?", choices.offers, optional=True)
        self.fields["staff"] = Select("Who?", choices.staff, optional=True)
        self.fields["type"] = Select("For which type of group?", choices.types, optional=True)
        self.order_fields(["kind", "group", "offer", "staff", "weekday", "starts", "ends", "type", "number"])

    def proposed(self) -> Proposed:
        """What was said."""
        said = self.cleaned_data
        clock = {name: f"{said[name]:%H:%M}" if said[name] else "" for name in ("starts", "ends")}
        return Proposed(
            said["kind"],
            slot=(said["offer"] if said["kind"] == "open" else said["group"]) or "",
            weekday=int(said["weekday"] or 0),
            staff=said["staff"] or "",
            type=said["type"] or "",
            number=said["number"] or 0,
            **clock,
        )
