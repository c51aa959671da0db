"""My medications: what I take and why, taken or missed in two taps, the next injection or refill, naloxone."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.medications.adherence import REASONS
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.medication.checking import record_naloxone
from throughcare.pathway.medication.doses import DoseWords, record_dose
from throughcare.pathway.medication.mine import my_medications


def medications(request: StaffRequest) -> HttpResponse:
    """What I take, each with its buttons for today."""
    mine = my_medications(by=request.actor, at=timezone.now())
    return render(request, "medications/mine.html", {"mine": mine, "reasons": list(REASONS.items())})


@once
def tell(request: StaffRequest, medication: UUID) -> HttpResponse:
    """Record one tap: taken or missed, with a reason for who wants to give one."""
    said = request.POST
    try:
        day = date.fromisoformat(said.get("day", ""))
        words = DoseWords(said.get("status", ""), why=said.get("why", ""), words=said.get("words", "")[:500])
        record_dose(medication, words, day=day, by=request.actor, at=timezone.now())
    except ValueError:
        messages.error(request, _("Tap the day again."))
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    return redirect(f"{reverse('my_medications')}#m-{medication}")


@once
def naloxone(request: StaffRequest) -> HttpResponse:
    """Tell that the naloxone at home was used or is gone; the nurse brings new one."""
    by, now = request.actor, timezone.now()
    mine = my_medications(by=by, at=now)
    step = "used" if request.POST.get("step") == "used" else "gone"
    try:
        record_naloxone(mine.patient, whom="person", step=step, happened=mine.today, by=by, at=now)
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    else:
        messages.success(request, _("Thank you for telling us. Your nurse gets you new naloxone."))
    return redirect("my_medications")
