"""A person's rewards for staff, and the organization's ledger of a year."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.drug_tests.who import CHANGE_REWARDS
from throughcare.faces.web.fields import Amount, Pick, PickMany, Text
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.drug_tests.analytes import ALL as ANALYTES
from throughcare.knowledge.rewards.schemes import HANDED, SCHEME_CHOICES
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.reward.handing import NewReceipt, hand_over, pick_slip
from throughcare.pathway.reward.planning import begin_rewards, end_rewards
from throughcare.pathway.reward.views import reward_ledger, reward_page

LINES = (Column("Day"), Column("Test"), Column("Earned"), Column("Why"), Column("Draw", unseen=True))
RECEIPTS = (
    Column("Receipt"),
    Column("Day"),
    Column("What"),
    Column("Serial"),
    Column("Value", numbers=True),
    Column("Signed"),
)
PEOPLE = (
    Column("Person"),
    Column("Earned", numbers=True),
    Column("Handed over", numbers=True),
    Column("Look at"),
)


class BeginForm(Form):
    """Which scheme, and which analytes count."""

    scheme = Pick("Which scheme?", SCHEME_CHOICES, missing="Choose a scheme")
    targets = PickMany(
        "What counts?",
        tuple((code, row.title) for code, row in ANALYTES.items()),
        hint="Nothing ticked: everything that is tested",
        optional=True,
    )


class ReceiptForm(Form):
    """What is handed over, and who signs for it."""

    kind = Pick("What?", tuple(HANDED.items()), hint="Never cash", missing="Choose what is handed over")
    serial = Text("Serial or tag number", width=20, missing="Write down the number")
    value = Amount("Value, $", missing="Enter the value", min_value=Decimal("0.01"))
    signed_name = Text("The person writes their name", missing="The person writes their name")


def rewards(request: StaffRequest, patient: UUID) -> HttpResponse:
    """The plan, the ledger, slips to draw, receipts."""
    by, now = request.actor, timezone.now()
    found = reward_page(patient, by=by, at=now)
    context = {
        **_chart(request, patient),
        "found": found,
        "owed": f"${found.owed:.2f}",
        "this_year": f"${found.this_year:.2f}",
        "cap": f"of at most ${found.cap:.0f}" if found.cap is not None else "",
        "columns": LINES,
        "receipt_columns": RECEIPTS,
        "may_change": by.holds(*CHANGE_REWARDS),
    }
    return render(request, "rewards/rewards.html", context)


@once
def begin(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Begin rewards under one scheme."""
    by, now = request.actor, timezone.now()
    form = BeginForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: begin_rewards(patient, **form.cleaned_data, by=by, at=now)):
        messages.success(request, "Rewards begin today.")
        return redirect("patient_rewards", patient)
    lead = "Rewards follow what a test shows, in fixed steps. Nobody decides about single ones."
    return _form(request, patient, form, title="Begin rewards", lead=lead, submit="Begin")


@once
def end(request: StaffRequest, patient: UUID) -> HttpResponse:
    """End rewards; what was earned stays."""
    by, now = request.actor, timezone.now()
    done = told(request, lambda: end_rewards(patient, by=by, at=now))
    if done:
        messages.success(request, "No more rewards are earned. What was earned stays theirs.")
    return redirect("patient_rewards", patient)


@once
def hand(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Hand over what was earned, against a name."""
    by, now = request.actor, timezone.now()
    found = reward_page(patient, by=by, at=now)
    form = ReceiptForm(request.POST or None)
    made: list[int] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(hand_over(patient, NewReceipt(**form.cleaned_data), by=by, at=now))
    ):
        messages.success(request, f"Receipt {made[0]} is written.")
        return redirect("patient_rewards", patient)
    lead = f"${found.owed:.2f} is owed."
    return _form(request, patient, form, title="Hand over", lead=lead, submit="Signed and handed over")


@once
def slip(request: StaffRequest, patient: UUID, reward: UUID) -> HttpResponse:
    """Draw a slip for the person, with the number that they say."""
    known = reward_page(patient, by=request.actor, at=timezone.now()).lines
    if reward not in {line.uid for line in known}:
        raise Absent("reward")
    draw_told(request, reward)
    return redirect("patient_rewards", patient)


def draw_told(request: StaffRequest, reward: UUID) -> None:
    """Draw the slip of the form and say what it won."""
    typed = request.POST.get("slip", "").strip()
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 0
    won: list[Decimal] = []
    now = timezone.now()
    told(request, lambda: won.append(pick_slip(reward, number, by=request.actor, at=now)))
    for prize in won:
        messages.success(request, f"Slip {number}: ${prize:.2f}." if prize else f"Slip {number}: good job!")


def told(request: HttpRequest, act: Callable[[], object]) -> bool:
    """Do it; a refusal is told on the next page."""
    try:
        act()
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
        return False
    return True


def ledger(request: StaffRequest) -> HttpResponse:
    """Everyone's rewards of a calendar year."""
    asked = request.GET.get("year", "")
    this_year = timezone.localdate().year
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else this_year
    year = max(2000, min(year, this_year))
    found = reward_ledger(year, by=request.actor, at=timezone.now())
    context = {
        "ledger": found,
        "year": str(year),
        "before": year - 1,
        "earned": f"${found.earned:.2f}",
        "handed": f"${found.handed:.2f}",
        "columns": PEOPLE,
    }
    return render(request, "rewards/ledger.html", context)


def _chart(request: StaffRequest, patient: UUID) -> dict[str, Any]:
    return {
        **chart(patient, current="tests", by=request.actor, at=timezone.now()),
        "trail": [("Tests", reverse("patient_tests", args=[patient]))],
    }


def _form(request: StaffRequest, patient: UUID, form: Form, **more: Any) -> HttpResponse:
    context = {
        **_chart(request, patient),
        "back": reverse("patient_rewards", args=[patient]),
        "form": form,
        **more,
    }
    return render(request, "rewards/form.html", context, status=422 if form.errors else 200)
