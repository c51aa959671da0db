"""What is asked of the database about tests."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from throughcare.pathway.prepared import prepared
from throughcare.records.among import Keys
from throughcare.records.episodes import Episode
from throughcare.records.tests import (
    BreathTest,
    InDraw,
    NotGiven,
    OrderedTest,
    Specimen,
    SpecimenResult,
)


@prepared
def specimens_between(patients: Keys, since: datetime, until: datetime) -> QuerySet[Specimen]:
    """What was collected of these people from a moment to another, oldest first."""
    rows = Specimen.objects.select_related("order").filter(
        patient__among=patients, collected_at__gte=since, collected_at__lte=until
    )
    return rows.order_by("collected_at", "pk")


@prepared
def standing_results(specimens: Keys, at: datetime) -> QuerySet[SpecimenResult]:
    """The results of these specimens (keys) that stood at a moment."""
    return SpecimenResult.objects.select_related("recorded_by").filter(
        Q(retired_at__isnull=True) | Q(retired_at__gt=at),
        specimen__among=specimens,
        resulted_at__lte=at,
        recorded_at__lte=at,
    )


@prepared
def kept_back(patients: Keys, since: datetime, until: datetime) -> QuerySet[NotGiven]:
    """Tests of these people that came to no specimen, from a moment to another."""
    return NotGiven.objects.select_related("order").filter(
        patient__among=patients,
        happened_at__gte=since,
        happened_at__lte=until,
        retired_at__isnull=True,
    )


@prepared
def not_given_of(orders: Keys) -> QuerySet[NotGiven]:
    """Why these orders (keys) came to no specimen, where they did not."""
    rows = NotGiven.objects.select_related("recorded_by")
    return rows.filter(order__among=orders, retired_at__isnull=True)


@prepared
def order_row(organization: int, order: UUID) -> QuerySet[OrderedTest]:
    """One order of the organization's, with what came of it."""
    return OrderedTest.objects.select_related("patient", "specimen__recorded_by").filter(
        organization_id=organization, uid=order
    )


@prepared
def orders_of(organization: int, patient: int, until: date) -> QuerySet[OrderedTest]:
    """A person's orders until a day, newest first; what was drawn for later days is not among them."""
    rows = OrderedTest.objects.select_related("patient", "specimen__recorded_by").filter(
        organization_id=organization, patient=patient, local_day__lte=until
    )
    return rows.order_by("-local_day", "-pk")


@prepared
def orders_on(organization: int, first: date, last: date) -> QuerySet[OrderedTest]:
    """All orders of an organization from a day to another that stand, with the people."""
    rows = OrderedTest.objects.select_related("patient", "specimen__recorded_by").filter(
        organization_id=organization, local_day__gte=first, local_day__lte=last, taken_back_at__isnull=True
    )
    return rows.order_by("local_day", "pk")


def people_at(sites: frozenset[int]) -> QuerySet[Episode, int]:
    """The people (keys) whose episodes run at these sites."""
    return Episode.objects.filter(site__in=sites, ended_at__isnull=True).values_list("patient", flat=True)


@prepared
def breath_tests_of(organization: int, patient: int) -> QuerySet[BreathTest]:
    """A person's breath tests, newest first."""
    rows = BreathTest.objects.select_related("recorded_by").filter(
        organization_id=organization, patient=patient
    )
    return rows.order_by("-taken_at", "-pk")


@prepared
def entry_of(patient: int) -> QuerySet[InDraw]:
    """A person's place in the draw, while they are in it."""
    return InDraw.objects.filter(patient=patient, ends_on__isnull=True)
