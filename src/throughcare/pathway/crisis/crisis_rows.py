"""A crisis's rows as the rules read them. For this package."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.crisis.clock import Clock
from throughcare.knowledge.program_settings import ALL as SETTINGS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.program_settings import numbers
from throughcare.records.crises import Crisis, CrisisEntry
from throughcare.records.organizations import Holiday, Site

# An entry of this kind says a higher priority.
RAISED = "priority"
_SETTINGS = tuple(key for key in SETTINGS if key.startswith("crisis."))


def crises_of(*, by: Actor) -> QuerySet[Crisis]:
    """The organization's crises."""
    return Crisis.objects.filter(organization_id=by.organization).select_related("site", "patient")


def find_crisis(crisis: UUID, *, by: Actor) -> Crisis:
    """One crisis of the organization, held until the transaction ends. Raises `Absent`."""
    found = (
        Crisis.objects.select_for_update(of=("self",), no_key=True)
        .filter(organization_id=by.organization, uid=crisis)
        .first()
    )
    if found is None:
        raise Absent("crisis")
    return found


def clock_of(site: Site, *, at: datetime) -> Clock:
    """The site's zone and holidays with the numbers in force."""
    today = local_day(at, site.time_zone)
    return Clock(
        site.time_zone,
        holidays_of(site, since=today),
        numbers(*_SETTINGS, organization=site.organization_id, on=today),
    )


def holidays_of(site: Site, *, since: date) -> frozenset[date]:
    """The site's holidays from a day on."""
    rows = Holiday.objects.filter(
        Q(site=site) | Q(site__isnull=True), organization=site.organization_id, day__gte=since
    )
    return frozenset(rows.values_list("day", flat=True))


def priority_in_force(crisis: Crisis, entries: Iterable[CrisisEntry] | None = None) -> str:
    """The priority as it was raised, or as a person raised it since."""
    if entries is None:
        entries = CrisisEntry.objects.filter(crisis=crisis, kind=RAISED)
    raised = [entry.choice for entry in entries if entry.kind == RAISED]
    return min([crisis.priority, *raised])
