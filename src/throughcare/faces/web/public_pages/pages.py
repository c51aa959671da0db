"""The pages of words, the levels side by side, the week with open seats."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.public_pages.frame import language, public_frame, url_of
from throughcare.knowledge.public_pages.comparison import ROWS
from throughcare.knowledge.public_pages.costs import RESIDENTIAL
from throughcare.pathway.public_page.open_week import open_week
from throughcare.pathway.public_page.reading import read_page


def public_page(request: HttpRequest, slug: str, organization: UUID | None = None) -> HttpResponse:
    """A page of words."""
    frame = public_frame(request, organization, at=timezone.now())
    page = read_page(slug, language=language(), by=frame["door"].visitor)
    if page.opens:
        return redirect(url_of(page, organization))
    return show(request, "page", frame, slug)


def compare_levels(request: HttpRequest, organization: UUID | None = None) -> HttpResponse:
    """The kinds of care side by side."""
    frame = public_frame(request, organization, at=timezone.now())
    return show(request, "levels", frame, "levels", kinds=ROWS, published=RESIDENTIAL)


def public_week(request: HttpRequest, organization: UUID | None = None) -> HttpResponse:
    """When the groups meet, and where a seat is open."""
    now = timezone.now()
    frame = public_frame(request, organization, at=now)
    door = frame["door"]
    week = open_week(zone=door.zone, by=door.visitor, at=now)
    several = len(door.sites) > 1
    return show(request, "week", frame, "week", week=week, several=several, columns=week_columns(several))


def week_columns(several: bool) -> tuple[Column, ...]:
    """The columns of a day; the place stands there where there are several."""
    named = [_("Time"), _("Group"), *([_("Place")] if several else []), _("Seats")]
    return tuple(Column(name) for name in named)


def show(
    request: HttpRequest, template: str, frame: dict[str, Any], slug: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    """A public page: its words from the clinic or from us, and what else it shows."""
    page = read_page(slug, language=language(), by=frame["door"].visitor)
    context = {**frame, "page": page, **more}
    return render(request, f"public_pages/{template}.html", context, status=status)
