"""Pages that open without a connection, the choice of what a phone keeps, and the quick way out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.door.verdict import close_door
from throughcare.faces.web.offline.pages import OFFLINE_PAGES
from throughcare.faces.web.places import PLACES
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.safety_plan.reading import my_plans


def no_connection(request: HttpRequest) -> HttpResponse:
    """There is no connection, and this page isn't kept."""
    return render(request, "offline/no_connection.html")


def help_without_connection(request: HttpRequest) -> HttpResponse:
    """Help where nothing can be sent: whom to call and text."""
    return render(request, "offline/help.html", {"help_is_here": True})


def plan_on_this_phone(request: HttpRequest) -> HttpResponse:
    """The plan that this phone keeps; the page itself says nothing of anyone."""
    return render(request, "offline/plan_here.html")


def my_phone(request: StaffRequest) -> HttpResponse:
    """I choose what my own phone keeps. The choice stays on the phone."""
    kept = {page.route for page in OFFLINE_PAGES if page.own}
    titles = [title for title, route, roles in PLACES if route in kept and request.actor.holds(*roles)]
    context = {"keeps_plan": request.actor.patient is not None, "titles": titles}
    return render(request, "offline/my_phone.html", context)


def my_plan_to_keep(request: StaffRequest) -> HttpResponse:
    """My safety plan as my phone keeps it."""
    found = my_plans(by=request.actor, at=timezone.now())
    return render(request, "offline/plan_to_keep.html", {"plan": found.safety.plan})


def leave(request: HttpRequest) -> HttpResponse:
    """Someone left in a hurry: they are signed out here, and their pages are gone from what the browser kept."""
    close_door(request, at=timezone.now())
    answer = HttpResponse(status=204)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer
