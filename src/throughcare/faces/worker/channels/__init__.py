"""Channels: how words leave the house. Which ones there are says the environment."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from django.conf import settings

from throughcare.pathway.message.marking import Outcome


class Channel(Protocol):
    """One way out. `send` answers within `PROVIDER_SECONDS` and raises nothing that it can put in words."""

    @property
    def name(self) -> str:
        """Who carries the words, as the record names it."""

    def send(self, to: str, subject: str, words: str, *, same: str, attempt: UUID) -> Outcome:
        """Hand the words over. `same` is alike in every try of one message by one way; `attempt` names this try."""


@lru_cache(maxsize=1)
def channels() -> Mapping[str, Channel]:
    """The channel of each way that has one: a demo's go into files, where they can be read."""
    from throughcare.faces.worker.channels.files import Files
    from throughcare.faces.worker.channels.mail import Mail
    from throughcare.faces.worker.channels.phone_provider import Calls, Texts

    found: dict[str, Channel] = {}
    if settings.DEMO:
        found |= {way: Files(way) for way in ("text", "phone", "email")}
    if settings.MAIL_HOST:
        found["email"] = Mail()
    if settings.SMS_ACCOUNT:
        found |= {"text": Texts(), "phone": Calls()}
    return found
