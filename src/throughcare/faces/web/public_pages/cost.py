"""What it costs: an estimate worked out while the page is made. Nothing that is entered is kept."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from throughcare.faces.web.fields import Number, Pick
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.public_pages.frame import public_frame
from throughcare.faces.web.public_pages.pages import show
from throughcare.knowledge.public_pages.costs import (
    ESTIMATE_RIGHT,
    RESIDENTIAL,
    RESIDENTIAL_TEEN,
    SLIDING_SOURCE,
    Estimate,
    Income,
    Insurance,
    dollars,
    estimate_with_insurance,
    estimate_without_insurance,
    says_its_price,
)
from throughcare.pathway.public_page.prices import price_numbers

MOST = 10_000_000
INSURED, SELF = "insurance", "self"


class CostForm(Form):
    """How somebody would pay, and the few numbers that the sum needs."""

    paying = Pick(
        _("How would you pay?"),
        [
            (INSURED, _("With insurance")),
            (SELF, _("Myself, without insurance")),
        ],
        missing=_("Choose how you would pay"),
    )
    deductible_left = Number(
        _("How much of your deductible is left this year, in dollars?"),
        hint=_("It is in your plan’s app, or on the phone number on your card. Write 0 if there is none."),
        optional=True,
        min_value=0,
        max_value=MOST,
    )
    copay = Number(
        _("What do you pay for each visit, in dollars?"),
        hint=_("Your copay for outpatient care. Leave it empty if you pay a percentage."),
        optional=True,
        min_value=0,
        max_value=MOST,
    )
    share = Number(
        _("What percentage do you pay?"),
        hint=_("Your coinsurance. Leave it empty if you pay a fixed amount."),
        optional=True,
        min_value=0,
        max_value=100,
    )
    limit_left = Number(
        _("How much is left until your plan pays everything this year, in dollars?"),
        hint=_("Your out-of-pocket limit. Leave it empty if you don’t know."),
        optional=True,
        min_value=0,
        max_value=MOST,
    )
    people = Number(
        _("How many people live on your income, you included?"), optional=True, min_value=1, max_value=20
    )
    income = Number(
        _("What is the income of all of you in a year, in dollars?"),
        hint=_("Before taxes. A good guess is enough."),
        optional=True,
        min_value=0,
        max_value=MOST,
    )
    asked_when: ClassVar = {
        "deductible_left": AskedWhen("paying", (INSURED,)),
        "copay": AskedWhen("paying", (INSURED,)),
        "share": AskedWhen("paying", (INSURED,)),
        "limit_left": AskedWhen("paying", (INSURED,)),
        "people": AskedWhen("paying", (SELF,), _("Say how many people live on your income")),
        "income": AskedWhen("paying", (SELF,), _("Say about how much that is in a year")),
    }

    def clean(self) -> dict[str, Any]:
        """With insurance, a copay or a percentage is needed."""
        cleaned = super().clean()
        known = cleaned.get("copay") is not None or cleaned.get("share") is not None
        if cleaned.get("paying") == INSURED and not known:
            self.add_error("copay", _("Say what you pay for a visit, or which percentage you pay"))
        return cleaned

    def estimate(self, numbers: dict[str, float]) -> Estimate:
        """The estimate that a valid form asks for."""
        given = self.cleaned_data
        if given["paying"] == SELF:
            return estimate_without_insurance(Income(given["people"], given["income"]), numbers)
        insurance = Insurance(
            deductible_left=given["deductible_left"] or 0,
            share=(given["share"] or 0) / 100,
            copay=given["copay"] or 0,
            limit_left=given["limit_left"],
        )
        return estimate_with_insurance(insurance, numbers)


def cost_estimate(request: HttpRequest, organization: UUID | None = None) -> HttpResponse:
    """The form; posted, the estimate above it."""
    now = timezone.now()
    frame = public_frame(request, organization, at=now)
    numbers = price_numbers(zone=frame["zone"], by=frame["door"].visitor, at=now)
    form = CostForm(request.POST or None)
    found = form.estimate(numbers) if says_its_price(numbers) and form.is_valid() else None
    context = {
        "form": form,
        "says_its_price": says_its_price(numbers),
        "estimate": found,
        "figures": _figures(found) if found else None,
        "published": (RESIDENTIAL, RESIDENTIAL_TEEN),
        "right": ESTIMATE_RIGHT,
        "sliding": SLIDING_SOURCE,
    }
    status = 422 if form.errors else 200
    return show(request, "cost", frame, "cost", status=status, **context)


def _figures(found: Estimate) -> dict[str, str]:
    return {
        "first": dollars(found.first_week),
        "later": dollars(found.later_week),
        "all": dollars(found.in_all),
    }
