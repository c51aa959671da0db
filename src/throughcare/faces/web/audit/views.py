"""The book of accesses: for those who answer for privacy, and for the person themselves."""

import csv
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.audit.forms import LogFilter
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.privacy_tabs import privacy_tabs
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.spreadsheet import plain_cell
from throughcare.pathway.privacy.access_log import (
    PAGE_SIZE,
    AccessLog,
    LogLine,
    access_log,
    own_seen_by,
    staff_who_may_appear,
    who_saw,
)

MOST_IN_A_FILE = 10_000
COLUMNS = [Column(title) for title in ("When", "Who", "Did what", "About", "For", "As", "How")]


def log_page(request: StaffRequest) -> HttpResponse:
    """The whole book, narrowed and a page at a time."""
    by, now = request.actor, timezone.now()
    form = LogFilter(staff_who_may_appear(by=by), request.GET)
    found = access_log(form.filters(), by=by, at=now, page=_page(request))
    context = {
        "log": found,
        "form": form,
        "columns": COLUMNS,
        "page": _pages(found),
        "tabs": privacy_tabs("access_log", by=by),
        "csv_url": f"{reverse('access_log_csv')}?{request.GET.urlencode()}",
    }
    return render(request, "audit/log.html", context)


def log_csv(request: StaffRequest) -> HttpResponse:
    """The narrowed book for a spreadsheet, its newest rows first."""
    by, now = request.actor, timezone.now()
    form = LogFilter(staff_who_may_appear(by=by), request.GET)
    found = access_log(form.filters(), by=by, at=now, page_size=MOST_IN_A_FILE)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="accesses.csv"'
    table = csv.writer(response)
    table.writerow(["Row", "When", "Who", "Did", "Allowed", "What", "About", "For", "As", "How"])
    for line in found.lines:
        table.writerow([plain_cell(word) for word in _cells(line)])
    return response


def _cells(line: LogLine) -> list[str]:
    people = [person.name for person in line.people] + ([f"and {line.others} more"] if line.others else [])
    return [
        str(line.sequence),
        line.at.isoformat(),
        line.who,
        line.did,
        "yes" if line.allowed else "no",
        line.what,
        ", ".join(people),
        line.purpose,
        line.relationship,
        line.surface,
    ]


def seen_by(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Who saw one patient's record."""
    by, now = request.actor, timezone.now()
    found = who_saw(patient, by=by, at=now, page=_page(request))
    context = {
        "log": found,
        "name": found.about,
        "tabs": privacy_tabs("", by=by),
        "columns": [column for column in COLUMNS if column.title != "About"],
        "page": _pages(found),
    }
    return render(request, "audit/seen_by.html", context)


def my_seen_by(request: StaffRequest) -> HttpResponse:
    """Who saw my record, in plain words."""
    found = own_seen_by(by=request.actor, at=timezone.now(), page=_page(request))
    return render(request, "audit/my_seen_by.html", {"log": found, "page": _pages(found)})


def _pages(found: AccessLog) -> object:
    return Paginator(range(found.total), PAGE_SIZE).get_page(found.page)


def _page(request: StaffRequest) -> int:
    number = request.GET.get("page", "1")
    return max(int(number), 1) if number.isdecimal() and len(number) < 7 else 1
