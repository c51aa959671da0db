"""The same person twice: who looks alike, two side by side, merge, tell apart, undo."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.referrals.details_shown import shown_detail
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.people.duplicates import (
    SideBySide,
    compare_people,
    likely_duplicates,
    merge_people,
    tell_apart,
    undo_merge,
)

COLUMNS = (Column("Who"), Column("Born"), Column("Phone"), Column("Why"), Column("Actions", unseen=True))


@dataclass(frozen=True)
class Line:
    """One detail of two people, in words; `chosen` is the side that a merge would keep: `one` or `other`."""

    name: str
    title: str
    one: str
    other: str
    differs: bool
    chosen: str


def duplicates(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Everyone who looks like this person."""
    alike = likely_duplicates(patient, by=request.actor, at=timezone.now())
    context = {**_chart(request, patient), "alike": alike, "columns": COLUMNS}
    return render(request, "referrals/duplicates.html", context)


@once
def side_by_side(request: StaffRequest, patient: UUID, other: UUID) -> HttpResponse:
    """Two entries field by field; merging takes what was chosen from either."""
    found = compare_people(patient, other, by=request.actor, at=timezone.now())
    because = ""
    if request.method == "POST":
        try:
            return _merge(request, found)
        except Cannot as cannot:
            because = cannot.because
    context = {
        "one": found.one,
        "other": found.other,
        "lines": [_line(request, pair, found) for pair in found.details],
        "verdict": found.verdict,
        "told_apart": found.told_apart,
        "because": because,
        "lead": f"What is alike: {', '.join(found.one.reasons) or 'little'}.",
        "apart_url": reverse("tell_apart", args=[found.one.uid, found.other.uid]),
        "keep": request.POST.get("keep", "one"),
        "trail": [(_name(found), reverse("patient_details", args=[found.one.uid]))],
    }
    return render(request, "referrals/side_by_side.html", context, status=422 if because else 200)


def _name(found: SideBySide) -> str:
    return f"{found.one.details.given_name} {found.one.details.family_name}".strip()


def _line(request: StaffRequest, pair: Any, found: SideBySide) -> Line:
    empty: tuple[Any, ...] = ("", None, False, {})
    suggested = "other" if pair.one in empty and pair.other not in empty else "one"
    return Line(
        name=pair.name,
        title=pair.title,
        one=shown_detail(pair.name, pair.one),
        other=shown_detail(pair.name, pair.other),
        differs=pair.differs,
        chosen=request.POST.get(f"take_{pair.name}", suggested),
    )


def _merge(request: StaffRequest, found: SideBySide) -> HttpResponse:
    sides = {"one": found.one.uid, "other": found.other.uid}
    keep = request.POST.get("keep", "")
    if keep not in sides:
        raise Cannot("Choose which entry is kept.")
    leave = "other" if keep == "one" else "one"
    take = [
        pair.name for pair in found.details if pair.differs and request.POST.get(f"take_{pair.name}") == leave
    ]
    merge_people(sides[keep], sides[leave], take=take, by=request.actor, at=timezone.now())
    messages.success(request, "The two are one record now. This can be undone on the details page.")
    return redirect("patient_details", sides[keep])


@once
def apart(request: StaffRequest, patient: UUID, other: UUID) -> HttpResponse:
    """These are two people."""
    tell_apart(patient, other, by=request.actor, at=timezone.now())
    messages.success(request, "Noted: these are two people. They will not be shown as likely the same again.")
    return redirect("patient_details", patient)


@once
def undo(request: StaffRequest, merge: UUID) -> HttpResponse:
    """Make two people of one record again."""
    released = undo_merge(merge, by=request.actor, at=timezone.now())
    messages.success(request, "The merge was undone. This is the entry that had been absorbed.")
    return redirect("patient_details", released)


def _chart(request: StaffRequest, patient: UUID) -> dict[str, Any]:
    return chart(patient, current="details", by=request.actor, at=timezone.now())
