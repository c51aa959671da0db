"""What the watch asks of the database about many people at once."""

from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value, Window
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, RowNumber

from throughcare.knowledge.intake.sections import RISK_TOOLS
from throughcare.pathway.prepared import prepared
from throughcare.records.among import Keys
from throughcare.records.crises import Crisis, CrisisTaking
from throughcare.records.episodes import ContactAttempt, Episode, Stay
from throughcare.records.measures import MeasureResponse, TierLowering
from throughcare.records.signs import LifeEvent

Row = tuple[Any, ...]
# Free words that were found to hold words of crisis are crises already; these are the ways in which they came.
WRITTEN = ("text", "check_in")


@prepared
def in_care(patients: Keys) -> QuerySet[Episode, Row]:
    """Who is in care: patient, episode, time zone, admission, level (of the stay that runs, else the last)."""
    stays = Stay.objects.filter(episode=OuterRef("pk")).order_by("-began_at", "-pk")
    rows = Episode.objects.filter(ended_at__isnull=True, patient__among=patients)
    level = Coalesce(Subquery(stays.values("level")[:1]), Value("iop"))
    return rows.annotate(level=level).values_list("patient", "pk", "site__time_zone", "admitted_at", "level")


@prepared
def attempts(episodes: Keys, since: datetime, at: datetime) -> QuerySet[ContactAttempt, Row]:
    """Attempts to reach people."""
    rows = ContactAttempt.objects.filter(
        episode__among=episodes, attempted_at__gte=since, attempted_at__lte=at
    )
    return rows.values_list("episode", "attempted_at", "mode", "outcome", "recorded_by")


@prepared
def responses(
    organization: int, patients: Keys, first: datetime, since: datetime, at: datetime
) -> QuerySet[MeasureResponse, Row]:
    """Answered questionnaires that were not corrected: what is new since a moment, risk tools, and what had an item
    that opens a crisis path; of the rest of a long history the first, the last and the two ends, which is what a
    change is measured against."""
    rows = _answered(organization, patients, first, at).annotate(
        from_first=_place(F("taken_at").asc()),
        from_last=_place(F("taken_at").desc()),
        from_least=_place(F("total").asc()),
        from_most=_place(F("total").desc()),
    )
    marked = Q(from_first=1) | Q(from_last=1) | Q(from_least=1) | Q(from_most=1)
    rows = rows.filter(marked | Q(taken_at__gte=since) | Q(code__in=RISK_TOOLS) | ~Q(critical=[]))
    return rows.values_list("patient", "code", "taken_at", "total", "band", "critical", "uid", "recorded_by")


def _place(order: OrderBy) -> Window:
    """The place of a row among a person's answers to one questionnaire."""
    return Window(RowNumber(), partition_by=[F("patient"), F("code")], order_by=order)


def _answered(organization: int, patients: Keys, first: datetime, at: datetime) -> QuerySet[MeasureResponse]:
    return MeasureResponse.objects.filter(
        organization_id=organization,
        patient__among=patients,
        retired_at__isnull=True,
        taken_at__gte=first,
        taken_at__lte=at,
    )


@prepared
def lowered(patients: Keys, at: datetime) -> QuerySet[TierLowering, Row]:
    """Suicide tiers that were lowered and approved."""
    rows = TierLowering.objects.filter(patient__among=patients, approved_at__lte=at)
    return rows.values_list("patient", "approved_at", "tier")


@prepared
def events(organization: int, patients: Keys, at: datetime) -> QuerySet[LifeEvent, Row]:
    """Events in people's lives."""
    rows = LifeEvent.objects.filter(
        organization_id=organization, patient__among=patients, recorded_at__lte=at, retired_at__isnull=True
    )
    return rows.values_list("patient", "uid", "kind", "recorded_at", "on_date")


@prepared
def words(organization: int, patients: Keys, since: datetime, at: datetime) -> QuerySet[Crisis, Row]:
    """What people wrote and raised a crisis with, and when somebody took it."""
    taken = CrisisTaking.objects.filter(crisis=OuterRef("pk")).order_by("number")
    rows = Crisis.objects.filter(
        Q(source__in=WRITTEN),
        organization_id=organization,
        patient__among=patients,
        recorded_at__gte=since,
        recorded_at__lte=at,
    )
    read = Subquery(taken.values("recorded_at")[:1])
    return rows.annotate(read_at=read).values_list(
        "patient", "uid", "recorded_at", "words", "source", "read_at"
    )
