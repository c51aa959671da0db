"""The draw for everyone's eyes: hashes before, seeds and the proof after."""

from datetime import date

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.drug_tests.proof import RULE, proof_as_json
from throughcare.pathway.cannot import Absent
from throughcare.pathway.drug_test.fairness import draw_periods, proof_of

PERIODS = (
    Column("Four weeks from"),
    Column("Hash, published before"),
    Column("People", numbers=True),
    Column("Tests", numbers=True),
    Column("Seed"),
)
DRAWS = (Column("Ticket"), Column("Week"), Column("Out of"), Column("Drawn"), Column("Asked"))


def periods(request: StaffRequest) -> HttpResponse:
    """All periods, newest first."""
    found = draw_periods(by=request.actor, at=timezone.now())
    return render(request, "drug_tests/draws.html", {"periods": found, "columns": PERIODS, "rule": RULE})


def period(request: StaffRequest, first_day: str) -> HttpResponse:
    """The proof of one period: every draw is worked out again while the page is made."""
    proof = proof_of(_day(first_day), by=request.actor, at=timezone.now())
    context = {
        "proof": proof,
        "title": f"{proof.first_day:%B} {proof.first_day.day}, {proof.first_day.year}",
        "wrong": proof.check(),
        "rows": [(one, proof.asked_on.get(one.ask.ticket, ())) for one in proof.drawn],
        "columns": DRAWS,
        "rule": RULE,
        "trail": [("Draws", reverse("draws"))],
    }
    return render(request, "drug_tests/proof.html", context)


def proof_file(request: StaffRequest, first_day: str) -> HttpResponse:
    """The proof as a file for `throughcare verify-draw`."""
    proof = proof_of(_day(first_day), by=request.actor, at=timezone.now())
    answer = JsonResponse(proof_as_json(proof), json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="draw-{proof.first_day.isoformat()}.json"'
    return answer


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Absent("draw period") from None
