"""The watch list of a morning, and everything that was noticed of one person."""

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.pathway.warning_sign.life_events import life_events_of
from throughcare.pathway.warning_sign.person_signs import signs_of_person
from throughcare.pathway.warning_sign.watch_list import (
    EVERYONE,
    MINE,
    PAGE_SIZE,
    OnWatch,
    WatchList,
    watch_list,
)

HIGH, OVERDUE, IN_TIME = "At high risk", "Overdue", "To do in time"
ENDED = (Column("Sign"), Column("What was seen"), Column("What was done"), Column("Ended"))


def watch(request: StaffRequest) -> HttpResponse:
    """Whom to look after first: by risk, then by what is due."""
    by, now = request.actor, timezone.now()
    whose = request.GET.get("whose", "")
    found = watch_list(
        whose=whose if whose in (MINE, EVERYONE) else "", page=_page_number(request), by=by, at=now
    )
    context = {
        "watch": found,
        "lead": _lead(found),
        "tabs": [
            ("My people", f"?whose={MINE}", found.whose == MINE),
            ("Everyone", f"?whose={EVERYONE}", found.whose == EVERYONE),
        ],
        "parts": _parts(found),
        "page": Paginator(range(found.total), PAGE_SIZE).get_page(found.page),
        "books": bool(by.holds("clinician", "case_manager", "director", "admissions")),
        "now": now,
    }
    return render(request, "watch/watch.html", context)


def _lead(found: WatchList) -> str:
    if not found.total:
        return "Nobody has a warning sign that waits for anyone."
    people = "1 person" if found.total == 1 else f"{found.total} people"
    return (
        f"{people}: {found.high} at high risk, {found.overdue} with something overdue. The first come first."
    )


@dataclass(frozen=True)
class Part:
    """The people of one page for whom the same is true, each with their place on the page."""

    title: str
    people: list[tuple[int, OnWatch]]

    @property
    def is_high(self) -> bool:
        """Whether they stand out."""
        return self.title == HIGH


def _parts(found: WatchList) -> list[Part]:
    """The page in words: at high risk, overdue, to do in time. The list is in this order already."""
    placed = list(enumerate(found.people, start=1))
    return [Part(title, list(people)) for title, people in groupby(placed, key=lambda one: _where(one[1]))]


def _where(person: OnWatch) -> str:
    return HIGH if person.is_high else OVERDUE if person.is_red else IN_TIME


def _page_number(request: StaffRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def person(request: StaffRequest, patient: UUID) -> HttpResponse:
    """One person's signs: those that stand, and how others ended."""
    by, now = request.actor, timezone.now()
    signs = signs_of_person(patient, by=by, at=now)
    context = {
        "signs": signs,
        "events": life_events_of(patient, by=by, at=now),
        "columns": ENDED,
        "now": now,
        "event_url": way("life_event", signs.patient, by=by),
        **chart(signs.patient, current="story", by=by, at=now),
    }
    return render(request, "watch/person.html", context)
