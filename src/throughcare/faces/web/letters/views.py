"""The letters that are ready: each with its words, and a button that prepares it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.letter.ready import ready_letters, write_ready_letter


@once
def letters(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Whom a letter may go to now, and what it would say; a POST prepares one."""
    by, now = request.actor, timezone.now()
    if request.method == "POST":
        said = request.POST
        try:
            made = write_ready_letter(
                patient,
                letter=said.get("letter", ""),
                who=said.get("who", ""),
                code=said.get("period", ""),
                by=by,
                at=now,
            )
        except CannotSee:
            raise
        except Cannot as cannot:
            messages.error(request, cannot.because)
            return redirect("letters", patient)
        messages.success(request, "This is exactly what leaves. Read it, then send it.")
        return redirect("disclosure", made)
    found = ready_letters(patient, request.GET.get("period", ""), by=by, at=now)
    context = {
        **chart(patient, current="tasks", by=by, at=now),
        "found": found,
        "tabs": [(one.words, f"?period={one.code}", one == found.period) for one in found.periods],
        "here": request.path,
        "other_url": way("release_letter", patient, by=by),
        "consents_url": way("patient_consents", patient, by=by),
    }
    return render(request, "letters/letters.html", context)
