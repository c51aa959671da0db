"""Addresses of the week."""

from throughcare.faces.web.routing import route
from throughcare.faces.web.week import bookings, changes, views
from throughcare.knowledge.roles import OPENS_CHARTS, STAFF

SEES = OPENS_CHARTS
CHANGES = {"admissions", "clinician", "case_manager", "prescriber", "director"}
KEEPS_APART = {"clinician", "director"}
BOTH = "GET POST"

addresses = [
    route("week/", views.board, name="week_board", roles=STAFF - {"front_desk", "biller", "compliance"}),
    route("patients/<uuid:patient>/week", views.patient_week, name="patient_week", roles=SEES),
    route(
        "patients/<uuid:patient>/commitments/",
        changes.commitments,
        name="commitments",
        methods=BOTH,
        roles=CHANGES,
    ),
    route(
        "patients/<uuid:patient>/commitments/<uuid:commitment>/end",
        changes.end_commitment_view,
        name="end_commitment",
        methods="POST",
        roles=CHANGES,
    ),
    route(
        "patients/<uuid:patient>/groups/<uuid:group>/join",
        changes.join,
        name="join_group",
        methods=BOTH,
        roles=CHANGES,
    ),
    route(
        "patients/<uuid:patient>/stints/<uuid:membership>/leave",
        changes.leave,
        name="leave_group",
        methods=BOTH,
        roles=CHANGES,
    ),
    route(
        "patients/<uuid:patient>/sessions/new",
        bookings.book,
        name="book_session",
        methods=BOTH,
        roles=CHANGES,
    ),
    route(
        "patients/<uuid:patient>/sessions/<uuid:session>/release",
        bookings.release,
        name="release_seat",
        methods=BOTH,
        roles=CHANGES,
    ),
    route("sessions/<uuid:session>/move", bookings.move, name="move_session", methods=BOTH, roles=CHANGES),
    route(
        "sessions/<uuid:session>/cancel", bookings.cancel, name="cancel_session", methods=BOTH, roles=CHANGES
    ),
    route(
        "sessions/<uuid:session>/cancel-rest",
        bookings.cancel,
        name="cancel_rest",
        methods=BOTH,
        roles=CHANGES,
    ),
    route(
        "patients/<uuid:patient>/kept-apart/",
        changes.kept_apart,
        name="kept_apart",
        methods=BOTH,
        roles=KEEPS_APART,
    ),
    route(
        "patients/<uuid:patient>/kept-apart/<uuid:pair>/end",
        changes.end_keeping_apart_view,
        name="end_keeping_apart",
        methods="POST",
        roles=KEEPS_APART,
    ),
]
