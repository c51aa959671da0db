"""Columns whose words are encrypted on the way in and plain again on the way out.

What is sealed is bound to its table and column. Empty words stay empty, so that constraints can ask for them;
everything else the database can neither search nor sort: see `pathway/people/finding.py` for what takes its place.
"""

import json
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact, IsNull, Lookup

from throughcare import keys


class CannotSearch(FieldError):
    """The database was asked to compare words that it can't read."""


class _OnlyEmpty(Exact):
    """Whether a sealed column is empty: the one comparison that needs no key."""

    def get_prep_lookup(self) -> Any:
        """The empty word. Raises `CannotSearch` for any other."""
        if self.rhs != "":
            raise CannotSearch(_says(self.lhs.output_field))
        return ""


def _says(field: Any) -> str:
    return (
        f"{field.place} is sealed: the database can't search it. Compare in Python, or by the blind index in "
        "pathway/people/finding.py."
    )


class _Sealed(models.Field):  # type: ignore[type-arg]  # generic for the checker only
    """What every sealed column does, whatever it holds."""

    @cached_property
    def place(self) -> str:
        """The table and column that the words are bound to."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_lookup(self, lookup_name: str) -> "type[Lookup[Any]] | None":
        """Only `isnull`, and `exact` for the empty word."""
        allowed: dict[str, type[Lookup[Any]]] = {"exact": _OnlyEmpty, "isnull": IsNull}
        if lookup_name not in allowed:
            raise CannotSearch(_says(self))
        return allowed[lookup_name]


class PrivateText(_Sealed, models.TextField):  # type: ignore[type-arg]  # generic for the checker only
    """Short words about a person: a name, a phone number, an address. `max_length` counts the plain words."""

    def get_prep_value(self, value: Any) -> Any:
        """Sealed, unless there is nothing to seal."""
        return value if value is None or value == "" else keys.seal(str(value), place=self.place)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """The plain words."""
        return keys.unseal(value, place=self.place) if value else value


class Narrative(PrivateText):
    """Words about a person as somebody told or wrote them."""


class PrivateJSON(_Sealed, models.TextField):  # type: ignore[type-arg]  # generic for the checker only
    """Answers, details and documents about a person, as JSON."""

    # What the type checker's plugin reads: any value that JSON holds.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def to_python(self, value: Any) -> Any:
        """The value as it is: only the database's side is text."""
        return value

    def get_prep_value(self, value: Any) -> Any:
        """Sealed; the empty word is what lookups ask for and no value has."""
        if value is None or value == "":
            return value
        return keys.seal(json.dumps(value, separators=(",", ":")), place=self.place)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """The plain value."""
        return json.loads(keys.unseal(value, place=self.place)) if value else None


class PrivateBytes(_Sealed, models.BinaryField):  # type: ignore[type-arg]  # generic for the checker only
    """A file about a person, byte for byte."""

    _pyi_private_set_type: bytes
    _pyi_private_get_type: bytes

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Sealed, as the database's driver takes bytes."""
        sealed = keys.seal_bytes(bytes(value), place=self.place) if value else value
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        """The plain bytes."""
        return keys.unseal_bytes(bytes(value), place=self.place) if value else value


SEALED = (PrivateText, PrivateJSON, PrivateBytes)
