"""Someone is away: every session of theirs on one page, the preview, and the one button that does all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.cover.forms import AwayForm, ChoiceForm, ReasonForm
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.clinic.clinic_views import today_at_clinic
from throughcare.pathway.cover.affected import Absentee, sessions_to_cover
from throughcare.pathway.cover.applying import Choice
from throughcare.pathway.cover.away import Away
from throughcare.pathway.cover.covering import CoverPreview, preview_cover, send_cover, usual_because
from throughcare.pathway.seat.change_telling import MAIL
from throughcare.pathway.signing_in.door_mail import WORDS
from throughcare.pathway.week.week_choices import WeekChoices, week_choices

STEP_COLUMNS = (Column("Session"), Column("What becomes of it"))
PEOPLE_COLUMNS = (Column("Person"), Column("What they read"), Column("How they hear of it"))
GUEST_COLUMNS = (Column("Family and others"), Column("How they hear of it"))
STAFF_COLUMNS = (Column("Staff"), Column("What they read"))
OWN_FIELDS = ("csrfmiddlewaretoken", "once", "seen", "edit")


@dataclass(frozen=True)
class _Asked:
    """What a page was asked for: who is away with their sessions, and the forms over them."""

    away: Away
    absentee: Absentee
    forms: tuple[ChoiceForm, ...]
    reason: ReasonForm

    @property
    def is_valid(self) -> bool:
        return all([self.reason.is_valid(), *(form.is_valid() for form in self.forms)])

    @property
    def choices(self) -> list[Choice]:
        return [form.choice() for form in self.forms]

    @property
    def because(self) -> str:
        return str(self.reason.cleaned_data["because"])


def cover(request: StaffRequest) -> HttpResponse:
    """Who is away; then every session of theirs, with those who could take it and why the others could not."""
    by, now = request.actor, timezone.now()
    form = _away_form(request, by=by, at=now)
    asked = None
    if form.is_bound and form.is_valid():
        asked = _ask(form, None, by=by, at=now)
    return _page(request, form, asked)


def show(request: StaffRequest) -> HttpResponse:
    """What was chosen, as it would be: nothing is changed and nobody is told."""
    by, now = request.actor, timezone.now()
    form = _away_form(request, by=by, at=now)
    asked = _ask(form, request.POST, by=by, at=now) if form.is_valid() else None
    if asked is None or "edit" in request.POST or not asked.is_valid:
        return _page(request, form, asked)
    return _preview(request, asked, Form())


@once
def send(request: StaffRequest) -> HttpResponse:
    """Do it and tell everyone; or show again what stands in the way, with what changed meanwhile."""
    by, now = request.actor, timezone.now()
    form = _away_form(request, by=by, at=now)
    asked = _ask(form, request.POST, by=by, at=now) if form.is_valid() else None
    if asked is None or not asked.is_valid:
        return _page(request, form, asked)
    again = Form({})
    again.is_valid()
    try:
        change = send_cover(
            asked.away,
            asked.choices,
            because=asked.because,
            seen=request.POST.get("seen", ""),
            by=by,
            at=now,
        )
    except CannotSee:
        raise
    except Cannot as cannot:
        again.add_error(None, cannot.because)
        return _preview(request, asked, again)
    messages.success(
        request, "Done. Whoever has an account reads it on their own page; tell the others below."
    )
    return redirect("week_change", change)


def _away_form(request: StaffRequest, *, by: Actor, at: datetime) -> AwayForm:
    asked = request.GET if "who" in request.GET else None
    today = today_at_clinic(by=by, at=at)
    return AwayForm(week_choices(by=by).practitioners, asked, initial={"first": today})


def _ask(form: AwayForm, posted: QueryDict | None, *, by: Actor, at: datetime) -> _Asked | None:
    """The sessions with their forms; None where the days are refused, which the form says then."""
    away = form.away()
    try:
        found = sessions_to_cover(away, by=by, at=at)
    except CannotSee:
        raise
    except Cannot as cannot:
        form.add_error("last" if cannot.field == "last_day" else None, cannot.because)
        return None
    sites = {one.site: week_choices(by=by, site=one.site) for one in found.sessions}
    reason = ReasonForm(posted, initial={"because": usual_because(away, by=by, at=at)})
    return _Asked(away, found, _choice_forms(found, sites, posted), reason)


def _choice_forms(
    found: Absentee, sites: dict[Any, WeekChoices], posted: QueryDict | None
) -> tuple[ChoiceForm, ...]:
    return tuple(ChoiceForm(one, found.name, sites[one.site], posted) for one in found.sessions)


def _page(request: StaffRequest, form: AwayForm, asked: _Asked | None) -> HttpResponse:
    wrong = [form, *(asked.forms if asked else ()), *((asked.reason,) if asked else ())]
    errors = [error for one in wrong if one.is_bound and one.errors for error in one.error_summary]
    context = {
        "form": form,
        "asked": asked,
        "lead": _lead(asked.absentee) if asked else "",
        "errors": errors,
        "preview_url": f"{reverse('preview_cover')}?{_query(asked.away)}" if asked else "",
        "trail": [("Today", reverse("today"))],
    }
    return render(request, "cover/cover.html", context, status=422 if errors else 200)


def _lead(found: Absentee) -> str:
    if not found.sessions:
        return ""
    sessions = "1 session" if len(found.sessions) == 1 else f"{len(found.sessions)} sessions"
    seats = "1 seat" if found.people == 1 else f"{found.people} seats"
    return f"{found.away.in_words}: {sessions} with {seats} taken. Nobody is told before you have read what they will."


def _query(away: Away) -> str:
    return urlencode({"who": away.practitioner, "first": away.first_day, "last": away.last_day})


def _preview(request: StaffRequest, asked: _Asked, form: Form) -> HttpResponse:
    by, now = request.actor, timezone.now()
    found = preview_cover(asked.away, asked.choices, because=asked.because, by=by, at=now)
    context = {
        "form": form,
        "preview": found,
        "asked": asked,
        "kept": _kept(request.POST),
        "lead": _says(found),
        "mail": WORDS[MAIL],
        "send_url": f"{reverse('send_cover')}?{_query(asked.away)}",
        "edit_url": f"{reverse('preview_cover')}?{_query(asked.away)}",
        "step_columns": STEP_COLUMNS,
        "people_columns": PEOPLE_COLUMNS,
        "guest_columns": GUEST_COLUMNS,
        "staff_columns": STAFF_COLUMNS,
        "trail": [("Today", reverse("today")), ("Cover", f"{reverse('cover')}?{_query(asked.away)}")],
    }
    return render(request, "cover/preview.html", context, status=422 if form.errors else 200)


def _kept(posted: QueryDict) -> Sequence[tuple[str, str]]:
    """What was chosen, to be sent along by the preview's buttons."""
    return [(name, value) for name in posted for value in posted.getlist(name) if name not in OWN_FIELDS]


def _says(found: CoverPreview) -> str:
    people = "1 person" if len(found.people) == 1 else f"{len(found.people)} people"
    waits = f" {found.waits} of the sessions wait for a later decision." if found.waits else ""
    return (
        f"{found.away.in_words}. It is told to {people} in care and {len(found.staff)} of the staff.{waits}"
    )
