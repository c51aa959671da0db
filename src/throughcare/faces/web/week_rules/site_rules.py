"""What a site's week must respect, on one page; its people; and where the week stands against the rules."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.faces.web.week.days import asked_monday, week_links
from throughcare.knowledge.week_rules import say_day
from throughcare.pathway.clinic.clinic_views import today_at_clinic
from throughcare.pathway.timetable.rules.people import people_rules, week_standing
from throughcare.pathway.timetable.rules.view import week_rules

STAFF_COLUMNS = (
    Column("Name"),
    Column("Works"),
    Column("May lead"),
    Column("Hours of groups", numbers=True),
    Column("Away"),
    Column("Change", unseen=True),
)
ROOM_COLUMNS = (Column("Room"), Column("Kind"), Column("Holds", numbers=True))
GROUP_COLUMNS = (
    Column("Group"),
    Column("When"),
    Column("Seats", numbers=True),
    Column("Newcomers"),
    Column("Change", unseen=True),
)
OFFER_COLUMNS = (
    Column("Group"),
    Column("When"),
    Column("Where"),
    Column("Seats", numbers=True),
    Column("Take back", unseen=True),
)
NUMBER_COLUMNS = (
    Column("What it means"),
    Column("Holds today", numbers=True),
    Column("Source"),
    Column("Change", unseen=True),
)
PEOPLE_COLUMNS = (
    Column("Person"),
    Column("Prescribed"),
    Column("Groups", numbers=True),
    Column("Own commitments"),
    Column("Wishes"),
    Column("Good weeks", unseen=True),
)


def rules(request: StaffRequest, site: UUID) -> HttpResponse:
    """Staff, rooms, groups, what may be opened, and the numbers."""
    by = request.actor
    view = week_rules(site, by=by, at=timezone.now())
    context = {
        "view": view,
        "may_set": by.holds("admin", "director"),
        "links": [
            (title, url)
            for title, url in (
                ("People", way("week_rules_people", site, by=by)),
                ("Where the week stands", way("week_standing", site, by=by)),
                ("New group that may open", way("new_group_offer", site, by=by)),
            )
            if url
        ],
        "sites": [(name, reverse("week_rules", args=[uid]), uid == site) for uid, name in view.sites],
        "trail": [("Week", reverse("week_board"))],
        "staff_columns": STAFF_COLUMNS,
        "room_columns": ROOM_COLUMNS,
        "group_columns": GROUP_COLUMNS,
        "offer_columns": OFFER_COLUMNS,
        "number_columns": NUMBER_COLUMNS,
    }
    return render(request, "week_rules/rules.html", context)


def people(request: StaffRequest, site: UUID) -> HttpResponse:
    """The people of a site: what their plans and lives ask of the week."""
    context = {
        "lines": people_rules(site, by=request.actor, at=timezone.now()),
        "columns": PEOPLE_COLUMNS,
        "trail": trail(site),
    }
    return render(request, "week_rules/people.html", context)


def standing(request: StaffRequest, site: UUID) -> HttpResponse:
    """What the week holds against the rules, and who can't be planned for."""
    by, now = request.actor, timezone.now()
    today = today_at_clinic(by=by, at=now)
    monday = asked_monday(request, today=today)
    found = week_standing(site, monday=monday, by=by, at=now)
    context = {
        "standing": found,
        "lead": f"{found.site_name}, week of {say_day(monday)}, {monday.year}",
        "parts": [
            ("Against the rules", found.clashes, "Nothing in this week breaks a rule."),
            ("Left out", found.left_out, "Everyone with a plan and every group is counted on."),
            ("Read differently", found.told, "Every prescription fits the sessions that the site holds."),
            ("Contradictions", found.contradictions, "Nothing contradicts itself."),
        ],
        "links": week_links(request, monday, today=today),
        "trail": trail(site),
    }
    return render(request, "week_rules/standing.html", context)


def trail(site: UUID) -> list[tuple[str, str]]:
    """The way back to a site's rules."""
    return [
        ("Week", reverse("week_board")),
        ("What the week must respect", reverse("week_rules", args=[site])),
    ]
