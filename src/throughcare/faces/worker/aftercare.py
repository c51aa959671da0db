"""Aftercare comes due: people are asked how they are, by a link that names nobody."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from throughcare.pathway.aftercare.asking import keep_aftercare


def ask_how_they_are(at: datetime) -> str:
    """Ask whoever is due, in every organization."""
    return keep_aftercare(at=at, address=_address)


def _address(token: str) -> str:
    return str(settings.HOME_ADDRESS) + reverse("how_are_you", args=[token])
