"""Addresses of what works without a connection, and of the quick way out."""

from throughcare.faces.web.offline import queue, views, worker
from throughcare.faces.web.routing import public, route

NEAR = ("patient", "alumnus", "family")

addresses = [
    public("sw.js", worker.service_worker, name="service_worker"),
    public("manifest.webmanifest", worker.manifest, name="manifest"),
    public("no-connection", views.no_connection, name="no_connection"),
    public("help-without-connection", views.help_without_connection, name="help_without_connection"),
    public("safety-plan", views.plan_on_this_phone, name="plan_on_this_phone"),
    public("leave", views.leave, name="leave", methods="POST"),
    route("my/phone", views.my_phone, name="my_phone", roles=NEAR),
    route("my/later", queue.here, name="my_later", roles=NEAR),
    route("my/later/open", queue.open_later, name="open_later", methods="POST", roles=NEAR),
    route(
        "my/safety-plan/on-this-phone",
        views.my_plan_to_keep,
        name="my_plan_to_keep",
        roles=("patient", "alumnus"),
    ),
]
