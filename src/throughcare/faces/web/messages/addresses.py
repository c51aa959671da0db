"""Addresses of messages."""

from throughcare.faces.web.messages import views
from throughcare.faces.web.routing import route
from throughcare.knowledge.roles import STAFF
from throughcare.pathway.message.looking_after import LOOKS_AFTER

ONE = "clinic/messages/<uuid:message>"

addresses = [
    route("clinic/messages/", views.overview, name="messages", roles=LOOKS_AFTER),
    route(f"{ONE}/mine", views.mine, name="take_message", methods="POST", roles=LOOKS_AFTER),
    route(f"{ONE}/again", views.again, name="send_message_again", methods="POST", roles=LOOKS_AFTER),
    route(f"{ONE}/aside", views.aside, name="set_message_aside", methods="POST", roles=LOOKS_AFTER),
    route("me/phone", views.phone, name="own_phone", methods="GET POST", roles=STAFF),
]
