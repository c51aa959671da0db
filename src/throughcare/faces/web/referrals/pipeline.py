"""The pipeline of referrals."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.referrals.forms import PipelineFilterForm
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.referring.next_step import COLUMNS
from throughcare.pathway.clinic.filter_choices import filter_choices
from throughcare.pathway.privacy import may_access
from throughcare.pathway.referral.pipeline import PAGE_SIZE, ReferralView, list_pipeline

EMPTY = {
    "new": "Nobody is waiting for a first contact.",
    "trying": "Nobody has to be tried again.",
    "assessment": "Nobody is between the first talk and the placement.",
    "ready": "Nobody is waiting to be admitted.",
    "admitted": "Nobody was admitted this week.",
    "said_no": "Nobody said no in the last 30 days.",
}


@dataclass(frozen=True)
class ColumnOfCards:
    """One column of the page."""

    title: str
    cards: list[ReferralView]
    count: int
    empty: str


def pipeline(request: StaffRequest) -> HttpResponse:
    """Every referral on its way, by next step, most urgent first."""
    sites = list(filter_choices(by=request.actor).sites)
    form = PipelineFilterForm(sites, request.GET)
    found = list_pipeline(
        by=request.actor, at=timezone.now(), filters=form.filters(), page=page_number(request)
    )
    columns = [
        ColumnOfCards(
            title,
            [view for view in found.views if view.column == code],
            found.counts[code],
            "None on this page." if found.counts[code] else EMPTY[code],
        )
        for code, title in COLUMNS.items()
    ]
    context = {
        "form": form,
        "columns": columns,
        "lead": _lead(found.counts["new"], found.late),
        "page": Paginator(range(found.total), PAGE_SIZE).get_page(found.page),
        "several_sites": len(sites) > 1,
        "may_add": may_access("referral", by=request.actor, verb="change"),
        "new_url": reverse("new_referral"),
        "import_url": reverse("import_referrals"),
    }
    return render(request, "referrals/pipeline.html", context)


def _lead(new: int, late: int) -> str:
    waiting = {0: "Nobody waits for a first contact", 1: "One person waits for a first contact"}
    first = waiting.get(new, f"{new} people wait for a first contact")
    second = {0: "nothing is late", 1: "one clock is late"}.get(late, f"{late} clocks are late")
    return f"{first}; {second}."


def page_number(request: HttpRequest) -> int:
    """The page that the address asks for; anything that is no number is the first."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
