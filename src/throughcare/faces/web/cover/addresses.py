"""Addresses of cover: for whoever may change the week."""

from throughcare.faces.web.cover import changes, views
from throughcare.faces.web.routing import route
from throughcare.faces.web.sessions.who import who_may
from throughcare.knowledge.privacy import MAY_CHANGE

CHANGES_THE_WEEK = who_may(MAY_CHANGE, "schedule")
ONE = "cover/changes/<uuid:change>"

addresses = [
    route("cover/", views.cover, name="cover", roles=CHANGES_THE_WEEK),
    route("cover/preview", views.show, name="preview_cover", methods="POST", roles=CHANGES_THE_WEEK),
    route("cover/send", views.send, name="send_cover", methods="POST", roles=CHANGES_THE_WEEK),
    route("cover/changes/", changes.every, name="week_changes", roles=CHANGES_THE_WEEK),
    route(f"{ONE}/", changes.one, name="week_change", roles=CHANGES_THE_WEEK),
    route(
        f"{ONE}/notices/<uuid:notice>/told",
        changes.told,
        name="told_of_change",
        methods="POST",
        roles=CHANGES_THE_WEEK,
    ),
]
