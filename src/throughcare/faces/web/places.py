"""The places of the navigation: what each is called, its route, and who sees it."""

from throughcare.knowledge.privacy import roles_that
from throughcare.knowledge.roles import OPENS_CHARTS, STAFF
from throughcare.pathway.medication.board import WORKS_ON_IT
from throughcare.pathway.timetable.planners import PLANNERS

_TREATMENT = OPENS_CHARTS - {"biller", "compliance"}
# Title, route, roles that see it in the navigation.
PLACES: tuple[tuple[str, str, frozenset[str]], ...] = (
    # Of the staff: what a shift asks for comes first.
    ("Today", "today", _TREATMENT),
    ("Crisis desk", "crisis_desk", roles_that("see", "crisis") & OPENS_CHARTS),
    ("Watch list", "watch", roles_that("see", "warning_sign")),
    ("Messages", "conversations", roles_that("see", "conversation") & STAFF),
    ("Referrals", "pipeline", frozenset({"admissions", "clinician", "case_manager", "director"})),
    ("Census", "census", _TREATMENT),
    ("Week", "week_board", _TREATMENT | {"admin"}),
    ("Tasks", "tasks", frozenset({"case_manager", "clinician", "director"})),
    ("Privacy", "access_log", frozenset({"compliance", "director"})),
    ("Medications", "medications_due", WORKS_ON_IT),
    ("Tests", "tests_due", frozenset({"nurse", "facilitator", "director"})),
    ("Level watch", "level_watch", roles_that("see", "measure") & _TREATMENT),
    ("Slip risk", "slip_risk", roles_that("see", "slip_risk")),
    ("Aftercare", "aftercare", frozenset({"case_manager", "clinician", "director"})),
    ("Timetable", "timetable", PLANNERS),
    ("Numbers", "director", frozenset({"director", "clinician", "compliance"})),
    ("Reception", "front_desk", frozenset({"front_desk", "admissions"})),
    ("Clinic", "clinic", frozenset({"admin", "director"})),
    # Of a person's own pages the first four stand on every page, the others behind “All your pages”.
    ("Your sessions", "my_sessions", frozenset({"patient"})),
    ("Check-in", "my_daily", frozenset({"patient", "alumnus"})),
    ("Your safety plan", "my_safety_plan", frozenset({"patient", "alumnus"})),
    ("Your week", "my_week", frozenset({"patient"})),
    ("Your messages", "my_messages", frozenset({"patient", "alumnus"})),
    ("Since you left", "my_aftercare", frozenset({"alumnus"})),
    ("Come back", "my_back_in", frozenset({"alumnus"})),
    ("Your hours", "my_hours", frozenset({"patient", "alumnus"})),
    ("Your path", "my_path", frozenset({"patient", "alumnus"})),
    ("What goes with you", "my_handover", frozenset({"patient", "alumnus"})),
    ("Your plan", "my_plan", frozenset({"patient", "alumnus"})),
    ("Your progress", "my_progress", frozenset({"patient", "alumnus"})),
    ("Exercises", "my_exercises", frozenset({"patient", "alumnus"})),
    ("Your practice log", "my_practice", frozenset({"patient", "alumnus"})),
    ("Work and learning", "my_work", frozenset({"patient", "alumnus"})),
    ("Your referrals", "my_referrals", frozenset({"patient", "alumnus"})),
    ("Your notes", "my_notes", frozenset({"patient", "alumnus"})),
    ("Your medications", "my_medications", frozenset({"patient", "alumnus"})),
    ("Your tests", "my_tests", frozenset({"patient", "alumnus"})),
    ("Your homework", "my_homework", frozenset({"patient", "alumnus"})),
    ("Your whole record", "my_record", frozenset({"patient", "alumnus"})),
    ("Your privacy", "my_privacy", frozenset({"patient", "alumnus"})),
    ("People you let in", "my_people", frozenset({"patient", "alumnus"})),
    ("Community", "my_community", frozenset({"patient", "alumnus"})),
    ("Your people", "family", frozenset({"family"})),
    ("Notifications", "my_notifications", frozenset({"patient", "alumnus", "family"})),
    ("This phone", "my_phone", frozenset({"patient", "alumnus", "family"})),
)
# So many stand beside each other at a desk; of a longer list the rest waits behind “More”.
IN_A_ROW = 10
# Where a place is more than its first page: what the addresses of all its pages begin with.
BEGINNINGS = {"access_log": "/privacy/"}
