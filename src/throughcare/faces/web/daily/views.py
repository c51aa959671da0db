"""My check-in of the day with what waits for me, and the questions I choose."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.daily.forms import ChoiceForm, DayForm
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.later.arriving import said_at
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.daily import NOT_WATCHED, Day
from throughcare.pathway.daily_check_in.daily_check_in import choose_daily, say_day
from throughcare.pathway.daily_check_in.daily_views import my_day
from throughcare.pathway.measure.waiting import waiting_of
from throughcare.pathway.privacy.own_record import own_patient


@once
def today(request: StaffRequest) -> HttpResponse:
    """Half a minute: the questions I chose. Above them the questionnaires that wait."""
    by, at = request.actor, timezone.now()
    patient = own_patient(by=by)
    mine = my_day(patient, by=by, at=at)
    form = DayForm(request.POST or None, mine=mine)
    if form.is_valid() and attempt(form, lambda: _say(request, patient, form.day, at=at)):
        messages.success(request, _("Thank you. Your care team can see it."))
        return redirect("my_daily")
    again = request.GET.get("again") == "1" or bool(form.errors)
    context = {
        "form": form,
        "mine": mine,
        "is_asked": mine.may_say and (mine.said is None or again),
        "waiting": [
            (one, reverse("my_questionnaire", args=[one.request]))
            for one in waiting_of(patient, by=by, at=at)
        ],
        "not_watched": NOT_WATCHED,
    }
    return render(request, "daily/today.html", context, status=422 if form.errors else 200)


def _say(request: StaffRequest, patient: UUID, day: Day, *, at: datetime) -> None:
    say_day(patient, day, way="page", by=request.actor, at=at, said_at=said_at(request, at=at))


@once
def choose(request: StaffRequest) -> HttpResponse:
    """Which questions I want to be asked."""
    by, at = request.actor, timezone.now()
    patient = own_patient(by=by)
    mine = my_day(patient, by=by, at=at)
    form = ChoiceForm(request.POST or None, initial={"items": list(mine.chosen)})
    if form.is_valid() and attempt(
        form, lambda: choose_daily(patient, form.cleaned_data["items"], by=by, at=at)
    ):
        messages.success(request, _("From now on you are asked these."))
        return redirect("my_daily")
    return render(request, "daily/choose.html", {"form": form}, status=422 if form.errors else 200)
