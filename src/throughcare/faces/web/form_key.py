"""The idempotency key that every form posts, so that a double click makes one record."""

from collections.abc import Mapping
from uuid import UUID, uuid4


def once_key(posted: Mapping[str, object] | None = None) -> str:
    """The posted `once` key when it is a UUID, else a new one."""
    value = str((posted or {}).get("once") or "")
    try:
        return str(UUID(value))
    except ValueError:
        return str(uuid4())
