"""The form of one section of the intake, built from its questions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from throughcare.faces.web.fields import (
    YES_NO,
    Email,
    LongText,
    Number,
    Phone,
    Pick,
    PickMany,
    Select,
    Text,
)
from throughcare.faces.web.form import AskedWhen, BoundField, Form
from throughcare.faces.web.intake.weekly_hours import WeeklyHours
from throughcare.knowledge.intake.question import LONGEST_TEXT, Question, Section

# More choices than this become a list to open.
MOST_IN_SIGHT = 7


class SkippableField(BoundField):
    """A question that may be skipped like all others, so that saying “optional” at each would only be noise."""

    optional = False


class SectionForm(Form):
    """The questions of one section; what is hidden by another answer is not sent on."""

    bound_field_class = SkippableField

    def __init__(self, section: Section, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        for question in section.questions:
            self.fields[question.code] = field_of(question)
        self.asked_when = {  # type: ignore[misc]  # each section has its own
            question.code: AskedWhen(question.when.question, question.when.answers, "")
            for question in section.questions
            if question.when
        }

    def clean(self) -> dict[str, Any]:
        """Leave the answers as they are: a question that is asked after another may be skipped too."""
        return forms.Form.clean(self) or self.cleaned_data

    @property
    def answers(self) -> dict[str, Any]:
        """The answers by question code."""
        return {question.code: self.cleaned_data.get(question.code) for question in self.section.questions}


def seen_version(request: HttpRequest, current: int) -> int:
    """The version that the page showed when it was opened, which a page sends along hidden."""
    sent = request.POST.get("seen_version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else current


def field_of(question: Question) -> forms.Field:
    """The field that takes an answer to the question."""
    worded: Mapping[str, Any] = {"hint": question.hint, "optional": True}
    if question.kind == "weekly_hours":
        return WeeklyHours(label=question.wording, help_text=question.hint, required=False)
    if question.kind == "many":
        return PickMany(question.wording, question.choices, **worded)
    if question.kind == "yes_no":
        return Pick(question.wording, YES_NO, **worded)
    if question.kind == "yes_no_unknown":
        known = Pick(question.wording, question.offered, initial="unknown", **worded)
        known.widget.attrs["class"] = "side-by-side"
        return known
    if question.kind == "one":
        choose = Select if len(question.choices) > MOST_IN_SIGHT else Pick
        return choose(question.wording, question.choices, **worded)
    if question.kind == "count":
        return Number(question.wording, min_value=0, max_value=question.most, **worded)
    if question.kind == "text":
        return LongText(question.wording, rows=3, max_length=LONGEST_TEXT, **worded)
    kinds: dict[str, type[Text | Email]] = {"phone": Phone, "email": Email}
    return kinds.get(question.kind, Text)(question.wording, **worded)
