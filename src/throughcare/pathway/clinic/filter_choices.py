"""The sites and therapists that a board can be narrowed to."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from throughcare.pathway.actor import Actor
from throughcare.pathway.prepared import prepared
from throughcare.records.organizations import Site
from throughcare.records.people import Practitioner


@dataclass(frozen=True)
class FilterChoices:
    """(public id, name) of each site and of each practitioner who is somebody's primary therapist now."""

    sites: tuple[tuple[str, str], ...]
    therapists: tuple[tuple[str, str], ...]


def filter_choices(*, by: Actor) -> FilterChoices:
    """What the organization's boards can be narrowed to."""
    return FilterChoices(
        sites=site_choices(by=by),
        therapists=tuple(
            (str(uid), f"{given} {family}") for uid, given, family in _therapists(by.organization)
        ),
    )


def site_choices(*, by: Actor) -> tuple[tuple[str, str], ...]:
    """(public id, name) of each site."""
    return tuple((str(uid), name) for uid, name in _sites(by.organization))


@prepared
def _sites(organization: int) -> QuerySet[Site, tuple[UUID, str]]:
    return Site.objects.filter(organization_id=organization).order_by("name").values_list("uid", "name")


@prepared
def _therapists(organization: int) -> QuerySet[Practitioner, tuple[UUID, str, str]]:
    carrying = Practitioner.objects.filter(
        organization_id=organization, caseload__part="primary_therapist", caseload__ended_at__isnull=True
    ).distinct()
    return carrying.order_by("family_name", "given_name").values_list("uid", "given_name", "family_name")
