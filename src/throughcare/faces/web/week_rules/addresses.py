"""Addresses of what the week must respect."""

from throughcare.faces.web.routing import route
from throughcare.faces.web.week_rules import own_life, placing, site_rules, staff_and_groups

SEES = {"admin", "clinician", "director"}
SETS = {"admin", "director"}
KNOWS_PEOPLE = {"clinician", "director"}
CHANGES = {"admissions", "clinician", "case_manager", "prescriber", "director"}
KEEPS_APART = {"clinician", "director"}
BOTH = "GET POST"

addresses = [
    route("timetable/<uuid:site>/rules/", site_rules.rules, name="week_rules", roles=SEES),
    route(
        "timetable/<uuid:site>/rules/people", site_rules.people, name="week_rules_people", roles=KNOWS_PEOPLE
    ),
    route(
        "timetable/<uuid:site>/rules/standing",
        site_rules.standing,
        name="week_standing",
        roles=KNOWS_PEOPLE,
    ),
    route(
        "timetable/<uuid:site>/rules/offers/new",
        staff_and_groups.new_offer,
        name="new_group_offer",
        methods=BOTH,
        roles=SETS,
    ),
    route(
        "timetable/<uuid:site>/rules/offers/<uuid:offer>/end",
        staff_and_groups.end_offer_view,
        name="end_group_offer",
        methods="POST",
        roles=SETS,
    ),
    route(
        "timetable/<uuid:site>/rules/staff/<uuid:practitioner>",
        staff_and_groups.staff,
        name="staff_week_rules",
        methods=BOTH,
        roles=SETS,
    ),
    route(
        "timetable/<uuid:site>/rules/staff/<uuid:practitioner>/away",
        staff_and_groups.away,
        name="staff_away",
        methods=BOTH,
        roles=SETS,
    ),
    route(
        "timetable/<uuid:site>/rules/staff/<uuid:practitioner>/away/<uuid:absence>/end",
        staff_and_groups.end_away,
        name="end_staff_away",
        methods="POST",
        roles=SETS,
    ),
    route(
        "timetable/<uuid:site>/rules/groups/<uuid:group>/newcomers",
        staff_and_groups.newcomers,
        name="group_newcomers",
        methods="POST",
        roles=SETS,
    ),
    route(
        "patients/<uuid:patient>/week/wishes",
        own_life.wishes,
        name="week_wishes",
        methods=BOTH,
        roles=CHANGES,
    ),
    route(
        "patients/<uuid:patient>/commitments/roster",
        own_life.roster,
        name="commitment_roster",
        methods=BOTH,
        roles=CHANGES,
    ),
    route(
        "patients/<uuid:patient>/never-with/",
        own_life.never_with,
        name="never_with",
        methods=BOTH,
        roles=KEEPS_APART,
    ),
    route(
        "patients/<uuid:patient>/never-with/<uuid:pair>/end",
        own_life.end_never_with,
        name="end_never_with",
        methods="POST",
        roles=KEEPS_APART,
    ),
    route(
        "patients/<uuid:patient>/week/place",
        placing.place,
        name="place_in_week",
        methods=BOTH,
        roles=CHANGES,
    ),
    route(
        "patients/<uuid:patient>/week/why-not", placing.why_hours_are_missing, name="why_not", roles=CHANGES
    ),
]
