"""Short exercises: the list, and one with its steps."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from throughcare.faces.web.exercises.forms import ExerciseForm
from throughcare.faces.web.later.arriving import said_at
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.exercises.library import ALL
from throughcare.pathway.cannot import Absent
from throughcare.pathway.practice.practice import log_practice
from throughcare.pathway.privacy.own_record import own_patient


def exercises(request: StaffRequest) -> HttpResponse:
    """All exercises, what calms at once first."""
    return render(request, "exercises/all.html", {"exercises": ALL.values()})


@once
def exercise(request: StaffRequest, exercise: str) -> HttpResponse:
    """One exercise; when it is sent, it stands in my practice log."""
    if exercise not in ALL:
        raise Absent("exercise")
    found, by = ALL[exercise], request.actor
    form = ExerciseForm(request.POST or None, exercise=found)
    at = said_at(request, at=timezone.now())
    if form.is_valid() and attempt(
        form, lambda: log_practice(own_patient(by=by), form.practice, by=by, at=at)
    ):
        messages.success(request, _("Well done. It stands in your practice log."))
        return redirect("my_practice")
    context = {"exercise": found, "form": form}
    return render(request, "exercises/one.html", context, status=422 if form.errors else 200)
