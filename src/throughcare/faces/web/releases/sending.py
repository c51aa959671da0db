"""One packet: read before it leaves, sent once, put aside, or prepared again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.once import once
from throughcare.faces.web.releases.forms import WithholdForm
from throughcare.faces.web.releases.pdf import draw_packet
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.privacy.part2_statements import SHORT_STATEMENT
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy import may_access
from throughcare.pathway.privacy.disclosure import withhold_disclosure
from throughcare.pathway.release.methods import SAID
from throughcare.pathway.release.sending import Review, prepare_again, review_packet, send_packet


def disclosure(request: StaffRequest, disclosure: UUID) -> HttpResponse:
    """One row of the book with everything that left or would: items, consent, statement, paper."""
    review = review_packet(disclosure, by=request.actor, at=timezone.now())
    return _page(request, review, WithholdForm())


def _page(request: StaffRequest, review: Review, form: WithholdForm, *, status: int = 200) -> HttpResponse:
    by = request.actor
    context = {
        "review": review,
        "line": review.line,
        "paper": review.paper,
        "form": form,
        "how": SAID.get(review.line.method, review.line.method),
        "may_change": may_access("disclosure", by=by, verb="change"),
        "short_statement": SHORT_STATEMENT,
        **chart(review.line.patient, current="privacy", by=by, at=timezone.now()),
    }
    return render(request, "releases/disclosure.html", context, status=status)


def send_pdf(request: StaffRequest, disclosure: UUID) -> HttpResponse:
    """Mark it as sent, and only then let the PDF go. Without `@once`: a second try is refused, not answered again."""
    by, now = request.actor, timezone.now()
    review = review_packet(disclosure, by=by, at=now)
    if review.paper is None or review.method is None or review.method.gives != "pdf":
        raise Cannot("This doesn't leave as a PDF.")
    drawn = draw_packet(review.paper, method=review.method.code, at=now)
    send_packet(disclosure, by=by, at=now)
    response = HttpResponse(drawn, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="records.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def send_print(request: StaffRequest, disclosure: UUID) -> HttpResponse:
    """Mark it as sent, and only then let the page to print go."""
    by, now = request.actor, timezone.now()
    review = review_packet(disclosure, by=by, at=now)
    if review.paper is None or review.method is None or review.method.gives != "print":
        raise Cannot("This doesn't leave on paper.")
    context: dict[str, Any] = {"paper": review.paper, "printed_at": now}
    if review.paper.is_letter:  # its head is the name that says nothing of care
        context["organization"] = review.paper.heading.neutral_name
    answer = render(request, "releases/paper.html", context)
    send_packet(disclosure, by=by, at=now)
    return answer


@once
def told(request: StaffRequest, disclosure: UUID) -> HttpResponse:
    """It was said, in person or by phone."""
    by, now = request.actor, timezone.now()
    review = review_packet(disclosure, by=by, at=now)
    if review.method is None or review.method.gives != "nothing":
        raise Cannot("This leaves on paper. Send it from its page.")
    send_packet(disclosure, by=by, at=now)
    messages.success(request, "Written down: you told them.")
    return redirect("disclosure", disclosure)


@once
def withhold(request: StaffRequest, disclosure: UUID) -> HttpResponse:
    """Put aside what was prepared."""
    by, now = request.actor, timezone.now()
    review = review_packet(disclosure, by=by, at=now)
    form = WithholdForm(request.POST)

    def write() -> None:
        withhold_disclosure(disclosure, because=form.cleaned_data["because"], by=by, at=now)

    if form.is_valid() and attempt(form, write):
        messages.success(request, "It was put aside. Nothing left.")
        return redirect("disclosure", disclosure)
    return _page(request, review, form, status=422)


@once
def again(request: StaffRequest, disclosure: UUID) -> HttpResponse:
    """The same once more, as a row of its own."""
    made = prepare_again(disclosure, by=request.actor, at=timezone.now())
    messages.success(request, "Prepared again. Nothing has left yet: read it, then send it.")
    return redirect("disclosure", made)
