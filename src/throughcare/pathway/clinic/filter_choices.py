"""The sites and therapists that a board can be narrowed to."""

from dataclasses import dataclass

from throughcare.pathway.actor import Actor
from throughcare.records.organizations import Site
from throughcare.records.people import Practitioner


@dataclass(frozen=True)
class FilterChoices:
    """(public id, name) of each site and of each practitioner who is somebody's primary therapist now."""

    sites: tuple[tuple[str, str], ...]
    therapists: tuple[tuple[str, str], ...]


def filter_choices(*, by: Actor) -> FilterChoices:
    """What the organization's boards can be narrowed to."""
    carrying = Practitioner.objects.filter(
        organization_id=by.organization, caseload__part="primary_therapist", caseload__ended_at__isnull=True
    ).distinct()
    names = carrying.order_by("family_name", "given_name").values_list("uid", "given_name", "family_name")
    return FilterChoices(
        sites=site_choices(by=by),
        therapists=tuple((str(uid), f"{given} {family}") for uid, given, family in names),
    )


def site_choices(*, by: Actor) -> tuple[tuple[str, str], ...]:
    """(public id, name) of each site."""
    sites = Site.objects.filter(organization_id=by.organization).order_by("name").values_list("uid", "name")
    return tuple((str(uid), name) for uid, name in sites)
