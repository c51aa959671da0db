"""Who is due today, and one person's tests."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.drug_tests.who import CHANGE, LEDGER, SEE_REWARDS
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.drug_tests.interpreting import CLASS_WORDS
from throughcare.pathway.drug_test.views import tests_due, tests_page

DUE = (Column("Person"), Column("Why"), Column("Day"), Column("State"), Column("Next", unseen=True))
BREATH = (Column("Taken"), Column("Reading"), Column("By"))


def due(request: StaffRequest) -> HttpResponse:
    """Who is asked today, whose day is over, and what the laboratory owes."""
    by, now = request.actor, timezone.now()
    context = {
        "columns": DUE,
        "rows": tests_due(by=by, at=now),
        "may_change": by.holds(*CHANGE),
        "sees_ledger": by.holds(*LEDGER),
    }
    return render(request, "drug_tests/due.html", context)


def tests(request: StaffRequest, patient: UUID) -> HttpResponse:
    """One person's tests, newest first."""
    by, now = request.actor, timezone.now()
    context = {
        **chart(patient, current="tests", by=by, at=now),
        "found": tests_page(patient, by=by, at=now),
        "breath_columns": BREATH,
        "class_words": CLASS_WORDS,
        "may_change": by.holds(*CHANGE),
        "sees_rewards": by.holds(*SEE_REWARDS),
    }
    return render(request, "drug_tests/tests.html", context)
