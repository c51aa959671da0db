"""Forms of the care plan: one small form for each kind of line."""

from collections.abc import Iterable
from typing import Any

from django import forms

from throughcare.faces.web.fields import Date, Hours, LongText, Number, Pick, Select
from throughcare.faces.web.form import Form
from throughcare.knowledge.planning.plan_measures import ALL as MEASURES
from throughcare.knowledge.planning.plan_reviews import HELD_BECAUSE, OUTCOMES
from throughcare.knowledge.session_types import ALL as SESSION_TYPES

SESSIONS = [(row.code, row.title) for row in sorted(SESSION_TYPES.values(), key=lambda row: row.title)]
MEASURED_BY = [(row.code, row.title) for row in sorted(MEASURES.values(), key=lambda row: row.title)]


class TimesAWeek(Hours):
    """How often a week, such as 1 or 0.25."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            "Times a week",
            hint="Like 1, 2 or 0.25 for once a month",
            missing="Say how often a week",
            **more,
        )
        self.error_messages["invalid"] = "“Times a week” must be a number, like 1 or 0.25"


class LineForm(Form):
    """What every form of a line carries: which words it showed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class ProblemForm(LineForm):
    """What is hard."""

    statement = LongText(
        "Problem", hint="In plain words, as one would say it to a friend", missing="Say what is hard"
    )

    def __init__(self, *args: Any, diagnoses: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(diagnoses)
        if choices:
            self.fields["diagnosis"] = Select("Rests on a diagnosis", choices, optional=True, empty="None")


class GoalForm(LineForm):
    """What the person wants."""

    own_words = LongText(
        "Goal", hint="In the person's own words; it is shown in quotes", missing="Write what the person wants"
    )


class ObjectiveForm(LineForm):
    """A step that can be measured."""

    text = LongText(
        "Objective",
        hint="What will be different, and how one will know. Name the value and the date.",
        missing="Say what will be different",
        rows=3,
    )
    measure_code = Select("Measured by", MEASURED_BY, optional=True, empty="Not chosen yet")
    target = Hours("Target", hint="The value aimed for, in the measure's own unit", optional=True)
    target_date = Date("By", optional=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].error_messages["invalid"] = "“Target” must be a number, like 9"


class InterventionForm(LineForm):
    """What the program does for the objective."""

    session_type = Select("Kind of session", SESSIONS, missing="Choose a kind of session")
    per_week = TimesAWeek()
    note = LongText("What for", hint="What is worked on there", optional=True, rows=2, max_length=1000)


class PrescriptionForm(LineForm):
    """One line of the mix."""

    session_type = Select("Kind of session", SESSIONS, missing="Choose a kind of session")
    per_week = TimesAWeek()
    minutes = Number("Minutes each", hint="Without breaks", missing="Say how long a session is")


class DoseForm(LineForm):
    """Hours and days a week."""

    hours_per_week = Hours("Hours a week", missing="Say how many hours a week", max_digits=4, min_value=0)
    days_per_week = Number("Days a week", missing="Say on how many days", min_value=1, max_value=7)
    longest_day_hours = Hours("Longest day, in hours", optional=True, max_digits=4, min_value=0, max_value=12)
    expected_weeks = Number("Expected weeks", optional=True, min_value=1, max_value=104)


FORMS: dict[str, type[LineForm]] = {
    "problem": ProblemForm,
    "goal": GoalForm,
    "objective": ObjectiveForm,
    "intervention": InterventionForm,
    "prescription": PrescriptionForm,
}


class ReviewForm(Form):
    """The review's words and what follows."""

    text = LongText(
        "What the review found",
        hint="Drafted from the record. Change it until it says what you and the person found.",
        missing="Write what the review found",
        rows=14,
        max_length=20000,
    )
    because = Select("Held because", list(HELD_BECAUSE.items()), missing="Say why the review is held")
    outcome = Pick(
        "What follows?",
        [(row.code, row.word) for row in OUTCOMES.values()],
        missing="Choose what follows from the review",
    )
