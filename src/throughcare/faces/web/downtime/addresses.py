"""Addresses of downtime."""

from throughcare.faces.web.downtime import views
from throughcare.faces.web.routing import route
from throughcare.pathway.downtime.packet_words import OPENS

SEES = OPENS | {"admin"}

addresses = [
    route("clinic/downtime/", views.overview, name="downtime", roles=SEES),
    route("clinic/downtime/words", views.words, name="downtime_words", methods="GET POST", roles=OPENS),
    route("clinic/downtime/<uuid:site>/packet.pdf", views.packet, name="downtime_packet", roles=OPENS),
    route(
        "clinic/downtime/<uuid:site>/opened",
        views.opened,
        name="downtime_opened",
        methods="GET POST",
        roles=OPENS,
    ),
]
