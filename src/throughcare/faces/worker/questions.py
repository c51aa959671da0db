"""Questionnaires come due: people are asked, and told by a link that names nobody."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from throughcare.pathway.measure.asking import ask_what_is_due


def ask_questions(at: datetime) -> str:
    """Ask for what is due in every organization."""
    return ask_what_is_due(at=at, address=_address)


def _address(token: str) -> str:
    return str(settings.HOME_ADDRESS) + reverse("questions", args=[token])
