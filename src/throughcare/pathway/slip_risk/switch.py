"""The clinical director's off switch: nothing is fitted, predicted or shown until it is on again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, CannotSee, require
from throughcare.pathway.privacy import may_access
from throughcare.records.slip_risk import SlipSwitch

KIND = "slip_risk"


@dataclass(frozen=True)
class Switched:
    """How the switch stands: since when, by whom and why; nothing of these when nobody ever touched it."""

    is_on: bool
    since: datetime | None = None
    by: str = ""
    because: str = ""


def is_switched_on(organization: int) -> bool:
    """Whether the model may be fitted and its list shown."""
    newest = _newest(organization)
    return newest is None or newest.is_on


def switched(organization: int) -> Switched:
    """How the switch stands, for pages that passed the desk."""
    newest = _newest(organization)
    if newest is None:
        return Switched(True)
    name = newest.recorded_by.name if newest.recorded_by else "Throughcare"
    return Switched(newest.is_on, newest.recorded_at, name, newest.because)


@transaction.atomic
def switch_slip_risk(*, on: bool, because: str, by: Actor, at: datetime) -> None:
    """Turn the model and its list off, or on again, and say why."""
    require(may_access(KIND, by=by, verb="change"), CannotSee)
    if is_switched_on(by.organization) == on:
        raise Cannot(f"It is {'on' if on else 'off'} already.")
    if not because.strip():
        raise Cannot("Say why in a sentence.", field="because")
    SlipSwitch.objects.create(
        organization_id=by.organization,
        is_on=on,
        because=because.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )


def _newest(organization: int) -> SlipSwitch | None:
    rows = SlipSwitch.objects.filter(organization_id=organization).select_related("recorded_by")
    return rows.order_by("-recorded_at", "-pk").first()
