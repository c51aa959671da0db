"""What a person is asked to answer, for staff: open, answered or gone by."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.questionnaires.library import find
from throughcare.pathway.actor import Actor
from throughcare.pathway.measure.licensed_wording import may_ask_alone
from throughcare.pathway.measure.measure_view import short_title
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import open_patient
from throughcare.records.measures import MeasureRequest, MeasureResponse

SHOWN = timedelta(days=60)


@dataclass(frozen=True)
class AskedOf:
    """One request: what, why, when it is due, and how it stands: waiting, overdue, answered, not_open."""

    code: str
    short_title: str
    occasion: str
    due_date: date
    standing: str
    alone: bool


def requests_of(patient: UUID, *, by: Actor, at: datetime) -> tuple[AskedOf, ...]:
    """A patient's requests of the last weeks and those to come, newest first."""
    row = open_patient(patient, kind="measure", by=by, at=at)
    today = local_day(at, zone_of(row))
    alone: dict[str, bool] = {}
    found = []
    for request in _rows(row.pk, today - SHOWN):
        answered: bool = request.answered  # type: ignore[attr-defined]  # annotated below
        if request.code not in alone:
            alone[request.code] = may_ask_alone(row.organization_id, request.code)
        found.append(
            AskedOf(
                code=request.code,
                short_title=short_title(find(request.code)),
                occasion=request.occasion,
                due_date=request.due_date,
                standing=_standing(request, answered, today),
                alone=alone[request.code],
            )
        )
    return tuple(found)


@prepared
def _rows(patient: int, since: date) -> QuerySet[MeasureRequest]:
    rows = MeasureRequest.objects.filter(patient=patient, due_date__gte=since, ended_at__isnull=True)
    answers = MeasureResponse.objects.filter(request=OuterRef("pk"))
    return rows.annotate(answered=Exists(answers)).order_by("-due_date", "code")


def _standing(request: MeasureRequest, answered: bool, today: date) -> str:
    if answered:
        return "answered"
    if request.opens_date is not None and request.opens_date > today:
        return "not_open"
    return "overdue" if request.due_date < today else "waiting"
