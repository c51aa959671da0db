"""The chart's page of medications, one medication's history, the list on paper, and the worklist of what is due."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.medications.parts import TAB, chart_of, line_of
from throughcare.faces.web.medications.who import CHANGE, GIVE
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.medications.reconciling import OCCASIONS
from throughcare.pathway.cannot import Absent
from throughcare.pathway.medication.board import medication_board
from throughcare.pathway.medication.chart import history_of
from throughcare.pathway.medication.listing import medication_list_of

LIST = (Column("Medication"), Column("How"), Column("From"), Column("Lately"), Column("Change", unseen=True))
STOPPED = (Column("Medication"), Column("Stopped"), Column("Why"))
DUE = (Column("What"), Column("Due"), Column("State"))
HISTORY = (Column("When"), Column("What"), Column("How"), Column("Why"))
BOARD = (Column("Person"), Column("What is due"))
# Each kind of due leads to the page where it is done.
WAYS = {
    "reconcile": "reconcile",
    "pdmp": "pdmp_check",
    "naloxone": "naloxone",
    "check": "medication_check",
    "injection": "medication_dose",
    "refill": "medication_supply",
}


def medications(request: StaffRequest, patient: UUID) -> HttpResponse:
    """What a person takes, what is due because of it, and what doesn't go together: first what needs somebody."""
    by, now = request.actor, timezone.now()
    found = chart_of(request, patient)
    dues = found.dues.shown if found.dues else ()
    context = {
        **chart(patient, current=TAB, by=by, at=now),
        "found": found,
        "dues": [
            (one, _way(patient, one.due.what, one.due.about)) for one in dues if not one.due.is_to_answer
        ],
        "due_columns": DUE,
        "columns": LIST,
        "stopped_columns": STOPPED,
        "reconciled": [(day, OCCASIONS[occasion], who) for day, occasion, who in found.reconciled],
        "may_change": by.holds(*CHANGE),
        "may_give": by.holds(*GIVE),
    }
    return render(request, "medications/medications.html", context)


def history(request: StaffRequest, patient: UUID, medication: UUID) -> HttpResponse:
    """Every version of one medication, and what is known of it."""
    by, now = request.actor, timezone.now()
    line = line_of(chart_of(request, patient), medication)
    whose, versions = history_of(medication, by=by, at=now)
    if whose != patient:
        raise Absent("medication")
    context = {
        **chart(patient, current=TAB, by=by, at=now),
        "line": line,
        "versions": versions,
        "columns": HISTORY,
        "trail": [("Medications", reverse("medications", args=[patient]))],
        "may_change": by.holds(*CHANGE),
    }
    return render(request, "medications/medication.html", context)


def paper(request: StaffRequest, patient: UUID) -> HttpResponse:
    """The list on one page, to print and to take along."""
    now = timezone.now()
    found = medication_list_of(patient, by=request.actor, at=now)
    return render(request, "medications/list.html", {"found": found, "printed_at": now})


def due(request: StaffRequest) -> HttpResponse:
    """What medications make due for everyone in care, the most urgent first."""
    by, now = request.actor, timezone.now()
    board = medication_board(by=by, at=now)
    people = [
        (one, [(line, _way(one.patient, line.due.what, line.due.about)) for line in one.lines])
        for one in board.people
    ]
    return render(request, "medications/due.html", {"board": board, "people": people, "columns": BOARD})


def _way(patient: UUID, what: str, about: str) -> str:
    """The address of the page where this due thing is done; the chart's own page where there is none."""
    kind, _, code = what.partition(":")
    name = WAYS.get(kind)
    if name is None:
        return reverse("medications", args=[patient])
    one = name in ("medication_dose", "medication_supply")
    url = reverse(name, args=[patient, UUID(about)] if one else [patient])
    return f"{url}?code={code}" if code else url
