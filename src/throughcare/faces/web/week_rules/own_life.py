"""What a person's own life and wishes ask: wishes, rosters, and whom of the staff they must not meet."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt, week_url
from throughcare.faces.web.week_rules.forms import NeverWithForm, RosterForm, WishesForm, as_initial
from throughcare.pathway.timetable.person.wishes import wish_week, wishes_of
from throughcare.pathway.timetable.rules.never_with import (
    end_keeping_from_staff,
    keep_from_staff,
    kept_from_staff,
)
from throughcare.pathway.week.commitments import add_roster
from throughcare.pathway.week.week_choices import week_choices

DAY_COLUMNS = (Column("Day"), Column("Morning"), Column("Afternoon"), Column("Evening"))
PAIR_COLUMNS = (Column("Staff"), Column("Why"), Column("Since"), Column("End", unseen=True))


@once
def wishes(request: StaffRequest, patient: UUID) -> HttpResponse:
    """When a person comes gladly, with whom and how."""
    by, now = request.actor, timezone.now()
    known = wishes_of(patient, by=by, at=now)
    form = WishesForm(
        week_choices(by=by).practitioners, request.POST or None, initial=as_initial(known.wishes)
    )
    if form.is_valid() and attempt(form, lambda: wish_week(patient, form.wishes(), by=by, at=now)):
        messages.success(request, "Written down. Weeks that are planned from now on keep it in mind.")
        return redirect(week_url(patient))
    context = {
        **chart(patient, current="week", by=by, at=now),
        "form": form,
        "known": known,
        "columns": DAY_COLUMNS,
        "back": week_url(patient),
    }
    return render(request, "week_rules/wishes.html", context, status=422 if form.errors else 200)


@once
def roster(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Shifts that follow no rule: the same hours on a list of days."""
    by, now = request.actor, timezone.now()
    form = RosterForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: add_roster(patient, form.commitment(), form.cleaned_data["days"], by=by, at=now)
    ):
        messages.success(request, "They are in the week.")
        return redirect("commitments", patient)
    context = {**chart(patient, current="week", by=by, at=now), "form": form, "back": week_url(patient)}
    return render(request, "week_rules/roster.html", context, status=422 if form.errors else 200)


@once
def never_with(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Whom of the staff a person must not meet."""
    by, now = request.actor, timezone.now()
    pairs = kept_from_staff(patient, by=by, at=now)
    form = NeverWithForm(week_choices(by=by).practitioners, request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: keep_from_staff(
            patient,
            UUID(form.cleaned_data["practitioner"]),
            reason=form.cleaned_data["reason"],
            by=by,
            at=now,
        ),
    ):
        messages.success(request, "They will not be planned together.")
        return redirect("never_with", patient)
    context = {
        **chart(patient, current="week", by=by, at=now),
        "form": form,
        "pairs": pairs,
        "columns": PAIR_COLUMNS,
        "back": week_url(patient),
    }
    return render(request, "week_rules/never_with.html", context, status=422 if form.errors else 200)


@once
def end_never_with(request: StaffRequest, patient: UUID, pair: UUID) -> HttpResponse:
    """Let them meet again."""
    end_keeping_from_staff(patient, pair, by=request.actor, at=timezone.now())
    messages.success(request, "They may be planned together again.")
    return redirect("never_with", patient)
