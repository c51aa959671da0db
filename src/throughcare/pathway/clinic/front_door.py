"""What anyone may know of the clinic before they sign in: its name, its sites, how soon someone calls back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.clinic_calendar import add_business_days, local_day
from throughcare.knowledge.referring.next_step import CONTACT_SETTING
from throughcare.pathway.actor import Actor, the_program, the_public
from throughcare.pathway.cannot import Absent
from throughcare.pathway.program_settings import number
from throughcare.records.organizations import Holiday, Organization, Site


@dataclass(frozen=True)
class SiteView:
    """A site as the public sees it."""

    uid: UUID
    name: str
    address: str
    phone: str


@dataclass(frozen=True)
class FrontDoor:
    """The clinic for someone who asks for help; `visitor` acts for them, `call_by` is when they hear from us.

    `neutral_name` is what messages are signed with; `zone` is the time zone of the first site.
    """

    visitor: Actor
    name: str
    phone: str
    sites: tuple[SiteView, ...]
    contact_days: int
    call_by: date
    neutral_name: str
    zone: str


def front_door(*, at: datetime, organization_uid: UUID | None = None) -> FrontDoor:
    """The clinic that this address belongs to; without one, the installation's first. Raises `Absent`."""
    every = Organization.objects.order_by("pk")
    organization = (every.filter(uid=organization_uid) if organization_uid else every).first()
    sites = list(Site.objects.filter(organization=organization).order_by("pk")) if organization else []
    if organization is None or not sites:
        raise Absent("clinic")
    zone = sites[0].time_zone
    today = local_day(at, zone)
    days = number(CONTACT_SETTING, organization=organization.pk, on=today)
    holidays = Holiday.objects.filter(organization=organization, day__gte=today).values_list("day", flat=True)
    due = add_business_days(at, days, zone, set(holidays))
    return FrontDoor(
        visitor=the_public(organization.pk),
        name=organization.name,
        phone=organization.phone,
        sites=tuple(SiteView(site.uid, site.name, site.address, site.phone) for site in sites),
        contact_days=days,
        call_by=local_day(due, zone),
        neutral_name=organization.neutral_name,
        zone=zone,
    )


def site_named(name: str) -> tuple[Actor, UUID] | None:
    """The program as an actor and the site of this name (the first one for no name); None when there is none."""
    sites = Site.objects.order_by("pk")
    found = sites.filter(name__iexact=name).first() if name else sites.first()
    return (the_program(found.organization_id), found.uid) if found else None


def site_names() -> list[str]:
    """The names of all sites of this installation."""
    return list(Site.objects.order_by("pk").values_list("name", flat=True))
