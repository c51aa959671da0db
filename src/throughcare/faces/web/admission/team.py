"""The care team of an episode."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.admission.forms import CareTeamForm
from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.care_plan.admission_tasks import admission_tasks
from throughcare.pathway.episode.care_team import PARTS, all_candidates, staff_episode


@once
def care_team(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Say who carries which part."""
    by, now = request.actor, timezone.now()
    tasks = admission_tasks(patient, by=by, at=now)
    if tasks is None:
        raise Http404
    form = CareTeamForm(
        request.POST or None,
        candidates=all_candidates(by=by, at=now),
        initial={member.part: str(member.practitioner) for member in tasks.team},
    )
    if form.is_valid():
        chosen = {part: UUID(uid) if (uid := form.cleaned_data[part]) else None for part in PARTS}
        try:
            staff_episode(tasks.episode, chosen, by=by, at=now)
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            messages.success(request, "The care team is set.")
            return redirect("admission", patient)
    context = {"form": form, **chart(patient, current="story", by=by, at=now)}
    return render(request, "admission/care_team.html", context, status=422 if form.errors else 200)
