"""The web face as a Django app, so that its templates and static files are found."""

from django.apps import AppConfig


class Web(AppConfig):
    """Pages."""

    name = "throughcare.faces.web"
    label = "web"
