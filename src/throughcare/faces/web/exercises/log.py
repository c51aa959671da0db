"""My practice log: one tap says that I used a skill; the next one, how much it helped."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from throughcare.faces.web.exercises.forms import HELPED, SkillForm
from throughcare.faces.web.later.arriving import said_at
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.between_sessions import TOP
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.practice.practice import (
    NewPractice,
    log_practice,
    rate_practice,
    take_back_practice,
)
from throughcare.pathway.practice.practice_views import my_practice
from throughcare.pathway.privacy.own_record import own_patient


@once
def practice(request: StaffRequest) -> HttpResponse:
    """The skills to tap, what I told today, and what came before."""
    by, now = request.actor, timezone.now()
    form = SkillForm(request.POST or None)
    at = said_at(request, at=now)
    if form.is_valid() and attempt(
        form, lambda: log_practice(own_patient(by=by), NewPractice(form.cleaned_data["skill"]), by=by, at=at)
    ):
        messages.success(request, _("Noted."))
        return redirect(f"{reverse('my_practice')}#today")
    context = {"mine": my_practice(by=by, at=now), "form": form, "helps": range(TOP + 1), "helped": HELPED}
    return render(request, "exercises/practice.html", context, status=422 if form.errors else 200)


@once
def more(request: StaffRequest, practice: UUID) -> HttpResponse:
    """How much it helped, or what happened."""
    helped = request.POST.get("helped", "")
    number = int(helped) if helped.isascii() and helped.isdigit() and len(helped) < 3 else None
    words = request.POST.get("words", "")
    try:
        rate_practice(practice, helped=number, words=words, by=request.actor, at=timezone.now())
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    return redirect(f"{reverse('my_practice')}#p-{practice}")


def take_back(request: StaffRequest, practice: UUID) -> HttpResponse:
    """It was a slip of the thumb."""
    try:
        take_back_practice(practice, by=request.actor, at=timezone.now())
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    else:
        messages.success(request, _("Taken back."))
    return redirect("my_practice")
