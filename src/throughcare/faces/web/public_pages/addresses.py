"""Addresses that anyone may open."""

from throughcare.faces.web.public_pages import views
from throughcare.faces.web.routing import public

addresses = [
    public("welcome", views.welcome, name="front_door"),
    public("ask-for-help", views.ask_for_help, name="ask_for_help", methods="GET POST"),
    public("ask-for-help/thanks", views.thanks, name="asked_for_help"),
    # The same for each organization of an installation that has several.
    public("at/<uuid:organization>/welcome", views.welcome, name="front_door_at"),
    public(
        "at/<uuid:organization>/ask-for-help", views.ask_for_help, name="ask_for_help_at", methods="GET POST"
    ),
    public("at/<uuid:organization>/ask-for-help/thanks", views.thanks, name="asked_for_help_at"),
]
