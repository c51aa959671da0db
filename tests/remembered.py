"""The cast, gathered once through pathway calls and then put back row by row: a test needs it in milliseconds."""

from functools import cache
from typing import Any

from django.db.models import Model

from tests.cast import Cast, gather_cast
from throughcare.records import models
from throughcare.records.organizations import Organization
from throughcare.records.people import Account

Rows = list[tuple[type[Model], list[dict[str, Any]]]]


def recall_cast() -> Cast:
    """The clinic with its staff, in an empty database."""
    if Organization.objects.exists():
        return gather_cast()
    if not _MEMORY:
        _MEMORY.append((gather_cast(), _rows()))
        return _MEMORY[0][0]
    cast, rows = _MEMORY[0]
    for model, values in rows:
        model._default_manager.bulk_create(model(**row) for row in values)
    return cast


# What this process remembers: nothing, or the cast with the rows it is made of.
_MEMORY: list[tuple[Cast, Rows]] = []


def _rows() -> Rows:
    """Every row there is, in an order in which keys point backwards."""
    found = ((model, list(model._default_manager.order_by("pk").values())) for model in _in_order())
    return [(model, values) for model, values in found if values]


@cache
def _in_order() -> tuple[type[Model], ...]:
    """The models subject by subject; accounts come early, since every record names who wrote it."""
    every = [
        found
        for subject in models.SUBJECTS
        for found in vars(subject).values()
        if isinstance(found, type) and issubclass(found, Model) and found.__module__ == subject.__name__
    ]
    concrete = [model for model in every if not model._meta.abstract]
    return tuple(sorted(concrete, key=lambda model: (model is not Organization, model is not Account)))
