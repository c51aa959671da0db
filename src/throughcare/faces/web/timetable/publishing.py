"""Publishing a plan: the preview, the act, and everyone who is to be told."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.timetable.forms import PublishForm
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.timetable.publishing.publish import Preview, preview, publish_plan
from throughcare.pathway.timetable.publishing.telling import heard, told_by_mouth
from throughcare.pathway.timetable.publishing.views import publication_view, publications

COLUMNS = (
    Column("Published"),
    Column("From"),
    Column("Why"),
    Column("Told", numbers=True),
)
PEOPLE_COLUMNS = (Column("Person"), Column("What changes"))
BALANCE_COLUMNS = (
    Column("Person"),
    Column("Taken away", numbers=True),
    Column("Moved", numbers=True),
    Column("Made up", numbers=True),
    Column("Lost", numbers=True),
)
STAFF_COLUMNS = (Column("Staff"), Column("What changes"))
TOLD_COLUMNS = (Column("Who"), Column("What changes"), Column("Told"), Column("Change", unseen=True))


@once
def publish(request: StaffRequest, plan: UUID) -> HttpResponse:
    """Everything that would change, and for whom; then the act."""
    by, now = request.actor, timezone.now()
    form = PublishForm(request.POST or None)
    made: list[UUID] = []

    def act() -> None:
        said = form.cleaned_data
        made.append(
            publish_plan(
                plan,
                seen=said["seen"],
                because=said["because"],
                despite_broken=said["despite_broken"],
                by=by,
                at=now,
            )
        )

    if form.is_valid() and attempt(form, act):
        messages.success(
            request, "Published. Who has an account reads it on their own page; tell the others below."
        )
        return redirect("publication", made[0])
    seen = preview(plan, by=by, at=now)
    form.shows(seen.seen, weighs=bool(seen.broken))
    plan_url = reverse("timetable_plan", args=[plan])
    context = {
        "form": form,
        "preview": seen,
        "lead": lead_of(seen),
        "balance_columns": BALANCE_COLUMNS,
        "people_columns": PEOPLE_COLUMNS,
        "staff_columns": STAFF_COLUMNS,
        "back": plan_url,
        "trail": [("Timetable", reverse("timetable")), (seen.label, plan_url)],
    }
    return render(request, "timetable/publish.html", context, status=422 if form.errors else 200)


def lead_of(seen: Preview) -> str:
    """From when, and how many are touched."""
    touched = "1 person" if len(seen.people) == 1 else f"{len(seen.people)} people"
    since = f"{seen.from_date:%A, %B} {seen.from_date.day}"
    until = f" to {seen.until_date:%A, %B} {seen.until_date.day} only" if seen.until_date else " on"
    return f"From {since}{until}. It changes for {touched} in care and {len(seen.staff)} of the staff."


def published(request: StaffRequest) -> HttpResponse:
    """Every publication, the newest first."""
    context = {
        "lines": publications(by=request.actor),
        "columns": COLUMNS,
        "trail": [("Timetable", reverse("timetable"))],
    }
    return render(request, "timetable/publications.html", context)


def publication(request: StaffRequest, publication: UUID) -> HttpResponse:
    """One publication, and who has been told."""
    view = publication_view(publication, by=request.actor, at=timezone.now())
    trail = [("Timetable", reverse("timetable")), ("Published weeks", reverse("publications"))]
    context: dict[str, Any] = {"view": view, "line": view.line, "columns": TOLD_COLUMNS, "trail": trail}
    return render(request, "timetable/publication.html", context)


@once
def told(request: StaffRequest, publication: UUID, notice: UUID) -> HttpResponse:
    """Someone of the staff has told a person."""
    told_by_mouth(notice, by=request.actor, at=timezone.now())
    return redirect("publication", publication)


@once
def told_at_week(request: StaffRequest, patient: UUID, notice: UUID) -> HttpResponse:
    """Someone of the staff has told a person, from their own week's page."""
    told_by_mouth(notice, by=request.actor, at=timezone.now())
    return redirect("patient_week", patient)


@once
def hear(request: StaffRequest, notice: UUID) -> HttpResponse:
    """Whoever is signed in has read what changed for them."""
    heard(notice, by=request.actor, at=timezone.now())
    return redirect("my_week" if request.actor.patient else "today")
