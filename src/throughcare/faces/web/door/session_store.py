"""Sessions at rest: what they hold is sealed, and the database knows only a fingerprint of each key.

Who steals the database can neither read a flash message nor ride a session.
"""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

from throughcare.keys import CannotOpen, mac, seal, unseal
from throughcare.pathway.prepared import prepared

if TYPE_CHECKING:
    from django.contrib.sessions.models import Session
    from django.db.models import QuerySet

PLACE = "session"
MARK_LENGTH = 40  # the width of Django's column


def mark_of(session_key: str) -> str:
    """The fingerprint under which a session is stored."""
    return mac(session_key.encode(), use="session key").hex()[:MARK_LENGTH]


class SessionStore(DatabaseSessions):
    """Django's sessions in the database, sealed and under fingerprints."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """The session as sealed words."""
        return seal(json.dumps(session_dict), place=PLACE)

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """What the sealed words say; an empty session where no key opens them."""
        words = session_data.decode() if isinstance(session_data, bytes) else session_data
        try:
            opened: dict[str, Any] = json.loads(unseal(words, place=PLACE))
        except (CannotOpen, ValueError):
            return {}
        return opened

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row to write, under the key's fingerprint."""
        row = super().create_model_instance(data)
        row.session_key = mark_of(row.session_key)
        return row

    def exists(self, session_key: str) -> bool:
        """Whether a session with this key is stored."""
        return super().exists(mark_of(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """End a session, by default this one."""
        key = session_key or self.session_key
        if key:
            super().delete(mark_of(key))

    def _get_session_from_db(self) -> Any:
        rows = _stored(mark_of(self.session_key or ""), timezone.now())
        if not rows:
            self._session_key = None
            return None
        return rows[0]


@prepared
def _stored(mark: str, at: datetime) -> "QuerySet[Session]":
    from django.contrib.sessions.models import Session  # not before the apps are there

    return Session.objects.filter(session_key=mark, expire_date__gt=at)
