"""The disclosure book of the program, and the accounting of one patient: for staff, on paper, as a table, for them."""

import csv
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.privacy_tabs import privacy_tabs
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.spreadsheet import plain_cell
from throughcare.faces.web.ways import way
from throughcare.pathway.privacy.disclosure_book import (
    HIPAA_YEARS,
    PAGE_SIZE,
    PART_2_YEARS,
    DisclosureLine,
    accounting,
    disclosure_book,
    disclosures_of,
    own_accounting,
    waiting_disclosures,
)
from throughcare.pathway.release.methods import SAID

YEARS = (PART_2_YEARS, HIPAA_YEARS)
COLUMNS = tuple(Column(title) for title in ("When", "About", "To", "What", "For", "State"))
WAITING = tuple(Column(title) for title in ("Since", "About", "To", "What", "Prepared by"))
OF_ONE = tuple(column for column in COLUMNS if column.title != "About")
CELLS = ("When", "To", "Where they belong", "What they are", "What", "For", "How", "By", "Statement")


def book(request: StaffRequest) -> HttpResponse:
    """Everything that was prepared, sent or withheld; what waits stands on top, with who prepared it."""
    by, now = request.actor, timezone.now()
    number = request.GET.get("page", "1")
    page = max(int(number), 1) if number.isdecimal() and len(number) < 7 else 1
    lines, total = disclosure_book(by=by, at=now, page=page)
    context = {
        "tabs": privacy_tabs("disclosure_book", by=by),
        "lines": lines,
        "waiting": waiting_disclosures(by=by, at=now),
        "columns": COLUMNS,
        "waiting_columns": WAITING,
        "page": Paginator(range(total), PAGE_SIZE).get_page(page),
    }
    return render(request, "releases/book.html", context)


def waiting(request: StaffRequest) -> HttpResponse:
    """What the reader prepared and didn't send yet."""
    lines = waiting_disclosures(by=request.actor, at=timezone.now(), mine=True)
    return render(request, "releases/waiting.html", {"waiting": lines, "waiting_columns": WAITING})


def of_patient(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Everything told about one patient, and the way to the accounting of three and of six years."""
    by, now = request.actor, timezone.now()
    years = _years(request)
    context = {
        "lines": accounting(patient, by=by, at=now, years=years)
        if years
        else disclosures_of(patient, by=by, at=now),
        "columns": OF_ONE,
        "years": years,
        "choices": _choices(reverse("patient_disclosures", args=[patient]), years),
        "lens_url": way("lens", patient, by=by),
        "letter_url": way("release_letter", patient, by=by),
        "waiting_url": way("waiting_disclosures", by=by),
        "printed_at": now,
        **chart(patient, current="privacy", by=by, at=now),
    }
    template = "print" if years and request.GET.get("print") == "1" else "patient"
    return render(request, f"releases/{template}.html", context)


def of_patient_csv(request: StaffRequest, patient: UUID) -> HttpResponse:
    """The accounting of one patient as a table."""
    years = _years(request) or PART_2_YEARS
    return _table(accounting(patient, by=request.actor, at=timezone.now(), years=years))


def mine(request: StaffRequest) -> HttpResponse:
    """What was told about me, in plain words."""
    years = _years(request) or PART_2_YEARS
    context: dict[str, Any] = {
        "lines": own_accounting(by=request.actor, at=timezone.now(), years=years),
        "years": years,
        "choices": _choices(reverse("my_disclosures"), years)[1:],
        "said": SAID,
    }
    return render(request, "releases/mine.html", context)


def my_csv(request: StaffRequest) -> HttpResponse:
    """My accounting as a table."""
    years = _years(request) or PART_2_YEARS
    return _table(own_accounting(by=request.actor, at=timezone.now(), years=years))


def _years(request: HttpRequest) -> int | None:
    asked = request.GET.get("years", "")
    return next((years for years in YEARS if asked == str(years)), None)


def _choices(address: str, years: int | None) -> list[tuple[str, str, bool]]:
    spans = [(f"The last {one} years", f"{address}?years={one}", one == years) for one in YEARS]
    return [("Everything", address, years is None), *spans]


def _table(lines: tuple[DisclosureLine, ...]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="disclosures.csv"'
    table = csv.writer(response)
    table.writerow(CELLS)
    for line in lines:
        cells = (
            line.sent_at.isoformat() if line.sent_at else "",
            line.to,
            line.affiliation,
            line.recipient_class,
            ", ".join(line.kinds),
            line.purpose,
            SAID.get(line.method, line.method),
            line.by,
            line.statement,
        )
        table.writerow([plain_cell(cell) for cell in cells])
    return response
