"""My times in the calendar of my own phone, and the feed that it reads."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _

from throughcare.faces.web.once import once
from throughcare.faces.web.own_week.forms import FeedForm
from throughcare.faces.web.own_week.icalendar_words import etag_of, written
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.own_week.calendar_feed import (
    NewFeed,
    end_feed,
    feed_left,
    make_feed,
    my_feeds,
    read_feed,
)
from throughcare.pathway.privacy.book import write_page


def calendars(request: StaffRequest) -> HttpResponse:
    """The calendars that read my times; each can be taken away."""
    by, now = request.actor, timezone.now()
    return render(request, "own_week/calendars.html", {"feeds": my_feeds(by=by, at=now)})


@once
def new(request: StaffRequest) -> HttpResponse:
    """Make an address for one calendar. It is shown on this page only, and never again."""
    by, now = request.actor, timezone.now()
    form, tokens = FeedForm(request.POST or None), []

    def act() -> None:
        said = form.cleaned_data
        asked = NewFeed(said["name"], form.shown, with_place=said["with_place"])
        tokens.append(make_feed(asked, by=by, at=now))

    if form.is_valid() and attempt(form, act):
        address = request.build_absolute_uri(reverse("calendar_feed", args=[tokens[0]]))
        response = render(
            request,
            "own_week/calendar_made.html",
            {"address": address, "subscribe": "webcal" + address.removeprefix("https").removeprefix("http")},
        )
        response["Cache-Control"] = "private, no-store"
        return response
    return render(request, "own_week/new_calendar.html", {"form": form}, status=422 if form.errors else 200)


@once
def end(request: StaffRequest, feed: UUID) -> HttpResponse:
    """Take an address back."""
    end_feed(feed, by=request.actor, at=timezone.now())
    messages.success(request, _("That address is dead now. Delete the calendar on your phone too."))
    return redirect("my_calendars")


def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The times of one person, for a calendar that knows the secret address."""
    now = timezone.now()
    contents = read_feed(token, at=now)
    body = written(contents)
    tag, changed = etag_of(body), int(contents.changed_at.timestamp())
    same = get_conditional_response(request, etag=tag, last_modified=changed)
    response: HttpResponse = (
        same if same is not None else HttpResponse(body, content_type="text/calendar; charset=utf-8")
    )
    if not isinstance(same, HttpResponseNotModified):
        # Something leaves: it stands in the book, as the person's own reading.
        write_page(contents.page, organization=contents.organization)
        feed_left(contents.feed, at=now)
    response["ETag"], response["Last-Modified"] = tag, http_date(changed)
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response
