"""What a summary asks of the database about an episode."""

from django.db.models import QuerySet

from throughcare.pathway.prepared import prepared
from throughcare.records.care_plans import PlanVersion, Problem
from throughcare.records.episodes import Diagnosis, Stay
from throughcare.records.organizations import Organization


@prepared
def organization_row(key: int) -> QuerySet[Organization]:
    """The organization with this key."""
    return Organization.objects.filter(pk=key)


@prepared
def first_plan_in_force(episode: int) -> QuerySet[PlanVersion]:
    """The version of an episode's plan that came into force first."""
    rows = PlanVersion.objects.filter(episode=episode, in_force_at__isnull=False)
    return rows.order_by("in_force_at")[:1]


@prepared
def problems_of(version: int) -> QuerySet[Problem]:
    """The problems of a version in their order."""
    return Problem.objects.filter(version=version).order_by("order", "pk")


@prepared
def stays_of(episode: int) -> QuerySet[Stay]:
    """An episode's stays, oldest first."""
    return Stay.objects.filter(episode=episode).order_by("began_at", "pk")


@prepared
def standing_diagnoses(episode: int) -> QuerySet[Diagnosis]:
    """The diagnoses that hold in an episode, the principal one first."""
    return Diagnosis.objects.filter(episode=episode, ended_at__isnull=True).order_by("rank", "pk")
