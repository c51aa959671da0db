"""The clinician's side of a section, and of a questionnaire recorded in an assessment."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.intake.assessing import frame_of
from throughcare.faces.web.intake.section_form import SectionForm, seen_version
from throughcare.faces.web.measures.forms import MeasureForm, initial_of
from throughcare.faces.web.measures.told import tell_score
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.intake.reading import facts_said
from throughcare.knowledge.intake.sections import BY_CODE, RISK_TOOLS
from throughcare.knowledge.questionnaires.library import CannotFind, find
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, ChangedMeanwhile
from throughcare.pathway.intake.assessment import answer_section
from throughcare.pathway.intake.assessment_view import AssessmentView, assessment_view
from throughcare.pathway.measure.measure import correct_measure, record_measure
from throughcare.pathway.measure.measure_view import MeasureView


@once
def section(request: StaffRequest, assessment: UUID, section: str) -> HttpResponse:
    """Confirm or change what is known of one section; each saving is a version."""
    if section not in BY_CODE:
        raise Absent("section")
    by, now = request.actor, timezone.now()
    seen = assessment_view(assessment, by=by, at=now)
    view = seen.section(section)
    form = SectionForm(view.section, request.POST if request.method == "POST" else None, initial=view.answers)
    version, theirs = seen_version(request, view.version), ""
    if request.method == "POST" and form.is_valid():
        try:
            answer_section(
                assessment,
                section,
                form.answers,
                said_by="clinician",
                by=by,
                at=now,
                seen_version=version,
            )
            messages.success(request, f"“{view.section.title}” is confirmed.")
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
        "theirs": theirs,
        "version": version,
        "told": _told_for_checklist(seen) if section == "checklist" else (),
    }
    return render(request, "intake/section.html", context, status=422 if form.errors else 200)


def _told_for_checklist(seen: AssessmentView) -> list[tuple[str, str]]:
    """What the person's own answers say about facts of the checklist: wording and answer."""
    found = []
    for view in seen.sections:
        for said in view.said:
            if (
                said.question.fact
                and view.section.code != "checklist"
                and facts_said(view.section, {said.question.code: said.value})
            ):
                found.append((said.question.wording, said.words))
    return found


@once
def instrument(request: StaffRequest, assessment: UUID, code: str) -> HttpResponse:
    """Record a questionnaire in the assessment; what was recorded in it before is corrected."""
    by, now = request.actor, timezone.now()
    try:
        questionnaire = find(code)
    except CannotFind:
        raise Absent("questionnaire") from None
    seen = assessment_view(assessment, by=by, at=now)
    before = next((one.measure for one in seen.instruments if one.code == code), None)
    # A risk tool that is due must be asked anew: a correction would stay in the past.
    again = request.GET.get("again") == "1" or (seen.risk_due is not None and code in RISK_TOOLS)
    shown = before if before and not again else None
    initial = initial_of(shown.answers, shown.context, shown.mode) if shown else {}
    form = MeasureForm(
        questionnaire, request.POST if request.method == "POST" else None, initial=initial, for_staff=True
    )
    if request.method == "POST" and form.is_valid():
        try:
            tell_score(request, _keep(form, seen, shown, by=by, at=now))
            return redirect("assessment", assessment)
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
    context = {**frame_of(request, seen), "form": form, "questionnaire": questionnaire, "before": shown}
    return render(request, "measures/measure.html", context, status=422 if form.errors else 200)


def _keep(
    form: MeasureForm, seen: AssessmentView, before: MeasureView | None, *, by: Actor, at: datetime
) -> MeasureView:
    """Correct what was recorded in this assessment before, or record it for the first time."""
    if before:
        return correct_measure(before.uid, form.answers, mode=form.mode, context=form.context, by=by, at=at)
    code = form.questionnaire.code
    return record_measure(
        seen.patient,
        code,
        form.answers,
        mode=form.mode,
        context=form.context,
        assessment=seen.uid,
        by=by,
        at=at,
    )
