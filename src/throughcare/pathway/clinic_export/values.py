"""A value of a column as JSON has it, the same on every engine, and back."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.db.models import DateField, DateTimeField, DecimalField, Field, JSONField, TimeField, UUIDField

from throughcare import keys
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.signing_in.sealed_factors import PLACE
from throughcare.records.sealed import PrivateJSON

USE = "what lets somebody in, in an export"
# What Python says of words that never stood in an export, whichever part of it reads them.
NOT_SO = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    OSError,
)


class BadExport(Cannot):
    """An export that was changed, cut or is not one of this program's."""


def canonical(value: object) -> str:
    """JSON in one way only: keys in order, no spaces, every letter as itself."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def outward(field: "Field[Any, Any]", value: Any) -> Any:
    """What stands in the file. Moments are in UTC to the microsecond."""
    if isinstance(field, JSONField | PrivateJSON):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value


def inward(field: "Field[Any, Any]", value: Any) -> Any:
    """What goes into the column. Raises `ValueError` and its like for what never stood in one."""
    if value is None or isinstance(field, JSONField | PrivateJSON):
        return value
    # A moment is a day too: the narrower first.
    for kind, read in _READ:
        if isinstance(field, kind):
            return read(value)
    if not isinstance(value, str | int | float | bool):
        raise ValueError("a list where one value belongs")
    if isinstance(value, str) and "\x00" in value:
        raise ValueError("a letter that no database keeps")
    return value


_READ: tuple[tuple[type[Any], Callable[[Any], Any]], ...] = (
    (DateTimeField, datetime.fromisoformat),
    (DateField, date.fromisoformat),
    (TimeField, time.fromisoformat),
    (UUIDField, UUID),
    (DecimalField, Decimal),
)


def veiled(value: Any) -> str:
    """What lets somebody in, for the eyes of this clinic's keys alone; the same value gives the same words."""
    return base64.b64encode(_cipher().encrypt(canonical(_opened(value)).encode(), [USE.encode()])).decode()


def unveiled(words: Any) -> Any:
    """What lets somebody in, sealed again as its column wants it. Raises `BadExport`."""
    try:
        value = json.loads(_cipher().decrypt(base64.b64decode(words), [USE.encode()]))
    except (InvalidTag, ValueError, TypeError):
        raise BadExport(
            "What lets people sign in was changed, or belongs to another clinic's keys."
        ) from None
    return _sealed(value)


def _opened(value: Any) -> Any:
    """A password's digest as it is; the words of a second factor out of their seal, which is never twice the same."""
    if not isinstance(value, dict):
        return value
    held = keys.keyring().words
    opened = {}
    for name, words in value.items():
        is_sealed = isinstance(words, str) and words.partition(".")[0] in held
        opened[name] = {"sealed": keys.unseal(words, place=PLACE)} if is_sealed else {"plain": words}
    return opened


def _sealed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {
        name: keys.seal(one["sealed"], place=PLACE) if "sealed" in one else one["plain"]
        for name, one in value.items()
    }


def _cipher() -> AESSIV:
    return AESSIV(b"".join(keys.mac(bytes([turn]), use=USE) for turn in (1, 2)))
