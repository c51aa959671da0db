"""The numbers in force: what the organization set, or the default that knowledge gives."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from throughcare.knowledge.program_settings import ALL, check_value
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, require
from throughcare.pathway.prepared import prepared
from throughcare.records.organizations import SettingChange


def number(key: str, *, organization: int, on: date) -> Any:
    """The value of one setting on a day."""
    return numbers(key, organization=organization, on=on)[key]


def numbers(*keys: str, organization: int, on: date) -> dict[str, Any]:
    """The values of several settings on a day, in one query."""
    found = {key: ALL[key].value for key in keys}
    for change in _changes(organization, on, *keys):
        found[change.key] = change.value
    return found


@prepared
def _changes(organization: int, on: date, *keys: str) -> QuerySet[SettingChange]:
    return SettingChange.objects.filter(
        organization_id=organization, key__in=keys, effective_date__lte=on
    ).order_by("effective_date", "pk")


def change_setting(key: str, value: Any, *, effective_date: date, by: Actor, at: datetime) -> SettingChange:
    """Set a number differently from a day on. Raises `Cannot` for an unknown key or a value out of range."""
    if not by.holds("admin", "director", "program"):
        raise Cannot("Only an administrator or the clinical director may change settings.")
    require(check_value(key, value))
    return SettingChange.objects.create(
        organization_id=by.organization,
        key=key,
        value=value,
        effective_date=effective_date,
        recorded_by_id=by.account,
        recorded_at=at,
    )
