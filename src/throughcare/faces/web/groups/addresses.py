"""Addresses of groups."""

from throughcare.faces.web.groups import changes, views
from throughcare.faces.web.routing import route
from throughcare.knowledge.roles import STAFF

SETS_UP = set(views.SETS_UP)


addresses = [
    route("groups/", views.groups, name="groups", roles=STAFF - {"front_desk", "biller", "compliance"}),
    route("groups/new", changes.new_group, name="new_group", methods="GET POST", roles=SETS_UP),
    route(
        "groups/<uuid:group>/",
        views.group,
        name="group",
        roles=STAFF - {"front_desk", "biller", "compliance"},
    ),
    *(
        route(f"groups/<uuid:group>/{pattern}", view, name=name, methods="GET POST", roles=SETS_UP)
        for pattern, view, name in (
            ("times/new", changes.new_time, "new_time"),
            ("times/<uuid:meeting>/change", changes.change_time_view, "change_time"),
            ("times/<uuid:meeting>/end", changes.end_time_view, "end_time"),
            ("leads/new", changes.new_lead, "new_lead"),
            ("leads/<uuid:lead>/hand-over", changes.hand_over_view, "hand_over"),
            ("leads/<uuid:lead>/end", changes.end_lead, "end_lead"),
            ("room", changes.room, "group_room"),
            ("seats", changes.seats, "group_seats"),
            ("close", changes.close, "close_group"),
        )
    ),
]
