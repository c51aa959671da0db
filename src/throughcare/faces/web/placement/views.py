"""The placement of an assessment: indicated in words, with reasons and facts; placed by a licensed clinician."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.door.confirming import signs
from throughcare.faces.web.fields import LongText, Select
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.knowledge.intake.placing import GAP_REASONS
from throughcare.knowledge.levels_of_care import ROWS as LEVELS
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.intake.placement import WeighedPlacement, decide_placement, weigh_placement
from throughcare.pathway.intake.placement_facts import FactLine
from throughcare.pathway.privacy import may_access

COLUMNS = (Column("Fact"), Column("Value"), Column("From"))
ENTERED_ON = {
    "domain": "assessment_domain",
    "measure": "assessment_measure",
    "checklist": "assessment_section",
}

PAGE_TITLES = {"checklist": "Facts for the placement", "measure": "C-SSRS screener"}


class DecisionForm(Form):
    """Where the person is placed; elsewhere than indicated with a code and a text."""

    placed = Select(
        "Place at", tuple((row.code, row.title) for row in LEVELS), missing="Choose a level of care"
    )
    override_code = Select(
        "Why elsewhere than indicated?",
        tuple(GAP_REASONS.items()),
        hint="Only when it differs from what is indicated",
        optional=True,
    )
    override_text = LongText("In your own words", optional=True, rows=3, max_length=2000)


@signs
@once
def placement(request: StaffRequest, assessment: UUID) -> HttpResponse:
    """Weigh the facts; confirm, or place elsewhere and say why."""
    by, now = request.actor, timezone.now()
    weighed = weigh_placement(assessment, by=by, at=now)
    form = DecisionForm(
        request.POST if request.method == "POST" else None, initial={"placed": weighed.placement.indicated}
    )
    if request.method == "POST" and form.is_valid():
        try:
            decide_placement(assessment, **form.cleaned_data, by=by, at=now)
            messages.success(
                request, "The placement is decided. Indicated and placed both stay in the record."
            )
            return redirect("placement", assessment)
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
    page = chart(weighed.patient, current="", by=by, at=now)
    may_follow = weighed.decisions and page["patient"].week is None
    context = {
        **page,
        "admit_url": way("admit", assessment, by=by) if may_follow else "",
        "weeks_url": way("place_in_week", weighed.patient, by=by),
        "trail": _trail(weighed, by_assessor=bool(may_access("assessment", by=by))),
        "weighed": weighed,
        "form": form,
        "columns": COLUMNS,
        "missing": missing_by_page(weighed),
        "hard": [one for one in weighed.placement.contraindications if one.is_hard],
        "soft": [one for one in weighed.placement.contraindications if not one.is_hard],
    }
    return render(request, "placement/placement.html", context, status=422 if form.errors else 200)


def missing_by_page(weighed: WeighedPlacement) -> list[tuple[str, str, str]]:
    """The missing facts, gathered by the page that enters them: its title, its address, which facts."""
    found: dict[str, list[FactLine]] = {}
    for line in weighed.missing:
        found.setdefault(entered_on(weighed.assessment, line), []).append(line)
    pages = []
    for address, lines in found.items():
        alone = len(lines) == 1
        title = lines[0].words.title if alone else PAGE_TITLES.get(lines[0].words.where, "Other facts")
        pages.append((title, address, "" if alone else ", ".join(line.words.title for line in lines)))
    return pages


def entered_on(assessment: UUID, line: FactLine) -> str:
    """The page where a missing fact is entered; empty when it comes from elsewhere."""
    words = line.words
    if words.where not in ENTERED_ON:
        return ""
    return reverse(ENTERED_ON[words.where], args=[assessment, words.which or "checklist"])


def _trail(weighed: WeighedPlacement, *, by_assessor: bool) -> list[tuple[str, str]]:
    return [("Assessment", reverse("assessment", args=[weighed.assessment]))] if by_assessor else []
