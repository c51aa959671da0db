"""Messages about signing in leave here, by the channel that e-mail has."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.urls import reverse

from throughcare.faces.worker.channels import channels
from throughcare.pathway.message.marking import ACCEPTED
from throughcare.pathway.signing_in.door_mail import send_door_mail, waiting_mail

WAY = "email"


class NotSent(OSError):
    """The channel did not take a mail; its word of trouble is of the program, never of the person."""


def post_door_mail(at: datetime) -> str:
    """Send what waits. Without a mail server it goes on waiting, and the installation's health says so."""
    if WAY not in channels():
        waiting = waiting_mail()
        return f"{waiting} wait: no mail server is named (MAIL_HOST)" if waiting else "nothing waits"
    return send_door_mail(at=at, send=_send, link_address=_link_address)


def _send(to: str, subject: str, words: str) -> None:
    attempt = uuid4()
    outcome = channels()[WAY].send(to, subject, words, same=str(attempt), attempt=attempt)
    if outcome.came_to != ACCEPTED:
        raise NotSent(outcome.trouble)


def _link_address(token: str) -> str:
    return str(settings.HOME_ADDRESS) + reverse("link", args=[token])
