"""Messages about signing in leave here."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from throughcare.pathway.signing_in.door_mail import send_door_mail, waiting_mail


def post_door_mail(at: datetime) -> str:
    """Send what waits. Without a mail server it goes on waiting, and the installation's health says so."""
    if not settings.MAIL_HOST and not settings.DEMO:
        waiting = waiting_mail()
        return f"{waiting} wait: no mail server is named (MAIL_HOST)" if waiting else "nothing waits"
    return send_door_mail(at=at, send=_send, link_address=_link_address)


def _send(to: str, subject: str, words: str) -> None:
    send_mail(subject, words, None, [to])


def _link_address(token: str) -> str:
    return str(settings.HOME_ADDRESS) + reverse("link", args=[token])
