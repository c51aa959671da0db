"""Addresses that the provider of texts and calls asks; each request is signed."""

from throughcare.faces.web.message_hooks import views
from throughcare.faces.web.routing import public

addresses = [
    public("message-hooks/<uuid:attempt>", views.status, name="message_status", methods="POST"),
    public("message-hooks/texts", views.text, name="message_in", methods="POST"),
]
