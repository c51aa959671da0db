"""The records app."""

from django.apps import AppConfig


class Records(AppConfig):
    """Everything that is kept."""

    name = "throughcare.records"
    label = "records"
