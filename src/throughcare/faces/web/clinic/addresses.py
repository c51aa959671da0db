"""Addresses of the clinic's set-up."""

from throughcare.faces.web.clinic import staff, views
from throughcare.faces.web.clinic.first_run import first_run
from throughcare.faces.web.routing import public, route

SETS_UP = {"admin", "director"}

addresses = [
    public("first-run", first_run, name="first_run", methods="GET POST"),
    route("clinic/", views.clinic, name="clinic", roles=SETS_UP),
    route("clinic/session-types", views.session_types, name="session_types", roles=SETS_UP),
    route("clinic/settings/", views.settings, name="settings", roles=SETS_UP),
    route("clinic/staff/<uuid:account>/", staff.staff, name="staff_member", roles=SETS_UP),
    *(
        route(f"clinic/{pattern}", view, name=name, methods="GET POST", roles=SETS_UP)
        for pattern, view, name in (
            ("settings/<str:key>", views.setting, "setting"),
            ("sites/new", views.new_site, "new_site"),
            ("sites/<uuid:site>/state", views.site_state, "site_state"),
            ("rooms/new", views.new_room, "new_room"),
            ("staff/new", staff.new_staff, "new_staff"),
            ("staff/<uuid:account>/roles", staff.staff_roles, "staff_roles"),
            ("staff/<uuid:account>/shifts/new", staff.new_shift, "new_shift"),
            ("holidays/new", views.new_holiday, "new_holiday"),
        )
    ),
    *(
        route(f"clinic/{pattern}", view, name=name, methods="POST", roles=SETS_UP)
        for pattern, view, name in (
            ("rooms/<uuid:room>/close", views.close_room_view, "close_room"),
            ("staff/<uuid:account>/shifts/<uuid:shift>/end", staff.end_shift_view, "end_shift"),
            ("staff/<uuid:account>/suspend", staff.suspend, "suspend_staff"),
            ("staff/<uuid:account>/bring-back", staff.bring_back, "bring_back_staff"),
        )
    ),
]
