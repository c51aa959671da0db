"""The clinic's page and the pages that change its set-up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.clinic.asking import ask, trail
from throughcare.faces.web.clinic.forms import (
    HolidayForm,
    RoomForm,
    SettingForm,
    SiteForm,
    StateForm,
)
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.pathway.clinic.clinic import (
    add_holiday,
    close_room,
)
from throughcare.pathway.clinic.clinic_views import (
    clinic_view,
    list_settings,
    setting_line,
    today_at_clinic,
)
from throughcare.pathway.clinic.founding import add_room, find_site, open_site, set_state
from throughcare.pathway.program_settings import change_setting
from throughcare.pathway.week.week_choices import week_choices

ROOM_COLUMNS = (Column("Room"), Column("Kind"), Column("Holds", numbers=True), Column("Close", unseen=True))
STAFF_COLUMNS = (Column("Name"), Column("Roles"), Column("Credential"), Column("Works"), Column("State"))
HOLIDAY_COLUMNS = (Column("Day"), Column("Name"), Column("Where"))
TYPE_COLUMNS = (
    Column("Session type"),
    Column("Minutes", numbers=True),
    Column("Skill to lead it"),
    Column("Counts as hours"),
    Column("Source"),
)
URLS = (
    "new_site",
    "new_room",
    "new_staff",
    "new_holiday",
    "settings",
    "session_types",
    "groups",
    "messages",
    "community",
    "public_pages",
    "downtime",
    "clinic_exports",
)
SETTING_COLUMNS = (
    Column("Number"),
    Column("Holds today", numbers=True),
    Column("Default", numbers=True),
    Column("Range"),
    Column("Source"),
    Column("Change", unseen=True),
)


def clinic(request: StaffRequest) -> HttpResponse:
    """Everything that the clinic is set up with, and what is still to do before the first day."""
    by, now = request.actor, timezone.now()
    view = clinic_view(by=by, at=now)
    todo = (
        ("Rooms", bool(view.rooms), reverse("new_room"), "Where groups and talks are held"),
        ("Staff", view.practitioners > 0, reverse("new_staff"), "Those who lead sessions, with their shifts"),
        (
            "Session types",
            True,
            reverse("session_types"),
            "What counts as hours, and the skill that each needs",
        ),
        ("Groups", view.groups > 0, reverse("groups"), "Type, track, seats and a weekly time"),
    )
    context = {
        "view": view,
        "todo": [(title, "done" if done else "not_started", url, hint) for title, done, url, hint in todo],
        "all_done": all(done for _, done, _, _ in todo),
        "room_columns": ROOM_COLUMNS,
        "staff_columns": STAFF_COLUMNS,
        "holiday_columns": HOLIDAY_COLUMNS,
        "urls": {name: reverse(name) for name in URLS},
    }
    return render(request, "clinic/clinic.html", context)


def session_types(request: StaffRequest) -> HttpResponse:
    """The kinds of session that can be held, as knowledge has them."""
    context = {"types": SESSION_TYPES.values(), "columns": TYPE_COLUMNS, "trail": trail()}
    return render(request, "clinic/session_types.html", context)


def settings(request: StaffRequest) -> HttpResponse:
    """Every number that the program may set differently."""
    lines = list_settings(by=request.actor, at=timezone.now())
    context = {"lines": lines, "columns": SETTING_COLUMNS, "trail": trail()}
    return render(request, "clinic/settings.html", context)


@once
def setting(request: StaffRequest, key: str) -> HttpResponse:
    """Set one number differently from a day on."""
    by, now = request.actor, timezone.now()
    line = setting_line(key, by=by, at=now)
    initial = {"value": line.value, "effective_date": today_at_clinic(by=by, at=now)}
    form = SettingForm(line.setting, request.POST or None, initial=initial)

    def write() -> object:
        value = form.cleaned_data["value"]
        number = int(value) if line.setting.is_whole else float(value)
        day = form.cleaned_data["effective_date"]
        return change_setting(key, number, effective_date=day, by=by, at=now)

    return ask(
        request,
        form,
        write,
        title=line.setting.about,
        submit="Set it",
        done="Set. What was decided before that day stays as it was.",
        lead=f"Now {line.value} {line.setting.unit}. Source of the default: {line.setting.source}.",
        back=reverse("settings"),
    )


@once
def new_site(request: StaffRequest) -> HttpResponse:
    """Open a site."""
    form = SiteForm(request.POST or None)
    return ask(
        request,
        form,
        lambda: open_site(**form.cleaned_data, by=request.actor, at=timezone.now()),
        title="Open a site",
        submit="Open the site",
        done="The site is open.",
    )


@once
def site_state(request: StaffRequest, site: UUID) -> HttpResponse:
    """Say in which state a site is."""
    find_site(site, by=request.actor)
    form = StateForm(request.POST or None)
    return ask(
        request,
        form,
        lambda: set_state(site, form.cleaned_data["state"], by=request.actor),
        title="The state of the site",
        lead="Check the state's rule with counsel: the table's rows are not verified yet.",
        submit="Save",
        done="Saved. Consents prepared from now on follow the law of this state.",
    )


@once
def new_room(request: StaffRequest) -> HttpResponse:
    """Add a room to a site."""
    sites = week_choices(by=request.actor).sites
    form = RoomForm(sites, request.POST or None, initial={"site": sites[0][0] if len(sites) == 1 else ""})

    def write() -> object:
        said = dict(form.cleaned_data)
        return add_room(UUID(said.pop("site")), **said, by=request.actor, at=timezone.now())

    return ask(request, form, write, title="Add a room", submit="Add the room", done="The room is open.")


@once
def close_room_view(request: StaffRequest, room: UUID) -> HttpResponse:
    """Close a room."""
    close_room(room, by=request.actor, at=timezone.now())
    messages.success(request, "The room is closed.")
    return redirect("clinic")


@once
def new_holiday(request: StaffRequest) -> HttpResponse:
    """Close a site, or every one, for a day."""
    by, now = request.actor, timezone.now()
    form = HolidayForm(week_choices(by=by).sites, request.POST or None)

    def write() -> object:
        said = form.cleaned_data
        site = UUID(said["site"]) if said["site"] else None
        return add_holiday(said["day"], name=said["name"], site=site, by=by, at=now)

    lead = "Sessions of that day are canceled, and no new ones are made."
    return ask(
        request,
        form,
        write,
        title="Close for a day",
        submit="Close that day",
        done="Closed that day.",
        lead=lead,
    )
