"""Whether a clinician is on shift at a site: in hours the care team asks, out of hours whoever is on call."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from throughcare.pathway.prepared import prepared
from throughcare.records.organizations import Site
from throughcare.records.people import RoleGrant
from throughcare.records.timetables import Shift

WHO_ASK = ("clinician", "director")


def is_staffed(site: Site, *, at: datetime) -> bool:
    """Whether anybody who may ask a risk tool is on shift at a site."""
    local = at.astimezone(ZoneInfo(site.time_zone))
    return bool(list(_on_shift(site.pk, local.weekday(), local.time(), local.date())))


@prepared
def _on_shift(site: int, weekday: int, clock: time, day: date) -> QuerySet[Shift, int]:
    able = RoleGrant.objects.filter(role__in=WHO_ASK, ended_at__isnull=True)
    rows = Shift.objects.filter(
        Q(until_date__isnull=True) | Q(until_date__gte=day),
        site=site,
        weekday=weekday,
        starts__lte=clock,
        ends__gt=clock,
        from_date__lte=day,
        practitioner__left_at__isnull=True,
        practitioner__account__in=able.values("account"),
    )
    return rows.values_list("pk", flat=True)[:1]
