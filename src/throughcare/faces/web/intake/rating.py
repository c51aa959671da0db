"""Rating one of the six domains, with what was said and measured beside it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.fields import LongText, Pick
from throughcare.faces.web.form import Form
from throughcare.faces.web.intake.assessing import frame_of
from throughcare.faces.web.intake.section_form import seen_version
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.intake.domains import ALL as DOMAINS
from throughcare.knowledge.intake.domains import Domain
from throughcare.pathway.cannot import Absent, Cannot, ChangedMeanwhile
from throughcare.pathway.intake.assessment import assessment_view, rate_domain


class RatingForm(Form):
    """The rating in words, and the evidence for it."""

    def __init__(self, domain: Domain, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(str(number), f"{number} · {said}") for number, said in enumerate(domain.ratings)]
        self.fields["rating"] = Pick("Rating", words, missing="Choose a rating")
        self.fields["evidence"] = LongText(
            "Evidence",
            hint="What you saw or heard, and which scores you went by",
            missing="Write what makes it this rating",
        )


@once
def rate(request: StaffRequest, assessment: UUID, domain: str) -> HttpResponse:
    """Rate a domain; each rating stays, the newest counts."""
    if domain not in DOMAINS:
        raise Absent("domain")
    by, now = request.actor, timezone.now()
    seen = assessment_view(assessment, by=by, at=now)
    view = seen.domain(domain)
    initial = {"rating": view.rating, "evidence": view.evidence}
    form = RatingForm(view.domain, request.POST if request.method == "POST" else None, initial=initial)
    version, theirs = seen_version(request, view.version), ""
    if request.method == "POST" and form.is_valid():
        given = {"rating": int(form.cleaned_data["rating"]), "evidence": form.cleaned_data["evidence"]}
        try:
            rate_domain(assessment, domain, **given, by=by, at=now, seen_version=version)
            messages.success(request, f"{view.domain.title} is rated {given['rating']}.")
            return redirect("assessment", assessment)
        except ChangedMeanwhile as changed:
            version, theirs = changed.version, changed.theirs
            form.add_error(None, changed.because)
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
    context = {
        **frame_of(request, seen),
        "form": form,
        "view": view,
        "version": version,
        "theirs": theirs,
        "evidence": [one for one in seen.sections if one.section.code in view.domain.sections and one.said],
        "scores": [one for one in seen.instruments if one.code in view.domain.measures and one.measure],
    }
    return render(request, "intake/domain.html", context, status=422 if form.errors else 200)
