"""The address of one's own wishes about notifications."""

from throughcare.faces.web.notifications import views
from throughcare.faces.web.routing import route

addresses = [
    route(
        "my/notifications",
        views.notifications,
        name="my_notifications",
        methods="GET POST",
        roles=("patient", "alumnus", "family"),
    ),
]
