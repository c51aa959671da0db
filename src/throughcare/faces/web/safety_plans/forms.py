"""Forms of the plans: a box for each section, one line for each thing."""

from typing import Any

from django import forms

from throughcare.faces.web.fields import Date, LongText
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.knowledge.planning.own_plans import ALL
from throughcare.pathway.safety_plan.reading import PlanOnPage
from throughcare.pathway.safety_plan.writing import LONGEST_WORDS, NewPlan


class PlanForm(Form):
    """The sections of a plan in the person's words, and when it is read again."""

    after = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, page: PlanOnPage, *args: Any, **more: Any) -> None:
        plan = page.plan
        initial = {
            "after": plan.number if plan else 0,
            **({s.code: s.text for s in plan.said} if plan else {}),
        }
        super().__init__(*args, initial=initial, **more)
        self.kind = page.kind
        for section in ALL[page.kind].sections:
            self.fields[section.code] = LongText(section.title, hint=section.hint, optional=True, rows=3)
        self.fields["review_on"] = Date(
            _("When do you read it again?"), hint=_("Empty: as the program usually does"), optional=True
        )

    @property
    def plan(self) -> NewPlan:
        """What `save_plan` takes."""
        said = self.cleaned_data
        words = {code: said[code].splitlines() for code in ALL[self.kind].codes}
        return NewPlan(words, said["after"] or 0, said["review_on"])


class ReadAgainForm(Form):
    """It was read through together and stands."""

    words = LongText(
        _("What you noticed"),
        hint=_("If something no longer fits, change the plan instead."),
        optional=True,
        max_length=LONGEST_WORDS,
        rows=3,
    )
    review_on = Date(
        _("When do you read it again?"), hint=_("Empty: as the program usually does"), optional=True
    )
