"""Addresses for those who look after the program."""

from throughcare.faces.web.health import views
from throughcare.faces.web.routing import public

addresses = [
    public("livez", views.livez, name="livez"),
    public("readyz", views.readyz, name="readyz"),
    public("metrics", views.metrics, name="metrics"),
]
