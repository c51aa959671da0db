"""The desk's question about one patient, compiled once.

Django takes several times as long to write `standing_rows` as SQL as a database takes to answer it, and every page
about a person asks. The words of the statement hang on the roles alone; who, whom and when are its arguments.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from throughcare.pathway.actor import Actor
from throughcare.pathway.privacy.standing import PANEL_REACH, standing_rows
from throughcare.records.people import Patient


@dataclass(frozen=True)
class _Statement:
    """SQL whose arguments are, place by place, one of `_arguments` (by its number) or always the same."""

    sql: str
    places: tuple[int | None, ...]
    constants: tuple[Any, ...]

    def filled(self, arguments: Sequence[Any]) -> list[Any]:
        """What to send along with the SQL."""
        return [
            always if place is None else arguments[place]
            for place, always in zip(self.places, self.constants, strict=True)
        ]


def patient_with_standing(uid: UUID, *, by: Actor, at: datetime) -> Patient | None:
    """The patient as `standing_rows(by=by, at=at)` has them; None where the organization has none of this id."""
    statement = _statement(connection.vendor, by.roles, by.account is None, by.practitioner is None)
    return next(iter(Patient.objects.raw(statement.sql, statement.filled(_arguments(uid, by, at)))), None)


def _arguments(uid: UUID, by: Actor, at: datetime) -> tuple[Any, ...]:
    moments = (at, at - PANEL_REACH, at + PANEL_REACH)
    return (
        by.organization,
        by.account,
        by.practitioner,
        Patient._meta.get_field("uid").get_db_prep_value(uid, connection),
        *(connection.ops.adapt_datetimefield_value(moment) for moment in moments),
    )


@lru_cache(maxsize=256)
def _statement(vendor: str, roles: frozenset[str], nobody: bool, treats_nobody: bool) -> _Statement:
    """Compiled for two made-up actors: what differs between them must be an argument, or nothing is prepared."""
    one, other = (_compiled(number, roles, nobody, treats_nobody) for number in (1, 2))
    if one != other:
        raise AssertionError("standing_rows takes a value that prepared.py doesn't know")
    return one


def _compiled(number: int, roles: frozenset[str], nobody: bool, treats_nobody: bool) -> _Statement:
    key, at, uid = number * 1_000_000, datetime(2000 + number, 2, 3, 4, 5, 6, number, UTC), UUID(int=number)
    by = Actor(
        organization=key + 1,
        roles=roles,
        name="",
        account=None if nobody else key + 2,
        practitioner=None if treats_nobody else key + 3,
    )
    rows = standing_rows(by=by, at=at).filter(uid=uid)
    sql, given = rows.query.get_compiler(connection=connection).as_sql()
    arguments = _arguments(uid, by, at)
    places = tuple(arguments.index(one) if one in arguments else None for one in given)
    constants = tuple(one if place is None else None for one, place in zip(given, places, strict=True))
    return _Statement(sql, places, constants)
