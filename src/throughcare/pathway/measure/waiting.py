"""Questionnaires that wait for a person: asked for, open now, and answerable without anybody's help."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.intake.sections import own_title
from throughcare.knowledge.questionnaires.library import find
from throughcare.pathway.actor import Actor
from throughcare.pathway.measure.licensed_wording import may_ask_alone
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.program_settings import number
from throughcare.records.measures import MeasureRequest, MeasureSheet
from throughcare.records.people import Patient

LATE = "measures.late_days"
A_MINUTE_HAS = 6  # questions that a person answers in a minute


@dataclass(frozen=True)
class WaitingMeasure:
    """One that waits: in words for the person, when it is due, how long it takes, whether it was begun."""

    request: UUID
    code: str
    title: str
    due_date: date
    questions: int
    begun: bool
    is_urgent: bool

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return max(1, round(self.questions / A_MINUTE_HAS))

    @property
    def takes(self) -> str:
        """The same in words."""
        return f"{self.questions} questions, about {self.minutes} minute{'' if self.minutes == 1 else 's'}"


def waiting_of(patient: UUID | Patient, *, by: Actor, at: datetime) -> tuple[WaitingMeasure, ...]:
    """What waits for a person, what an answer asked for first, then by its day; the newest of each kind."""
    row = open_patient(patient, kind="measure", by=by, at=at)
    today = local_day(at, zone_of(row))
    late = number(LATE, organization=row.organization_id, on=today)
    newest: dict[str, MeasureRequest] = {}
    for request in _open(row.pk, today - timedelta(days=int(late))):
        if request.opens_date is None or request.opens_date <= today:
            newest[request.code] = request
    begun = set(_begun(row.pk, at - timedelta(hours=48))) if newest else set()
    found = [
        _waiting(request, code in begun)
        for code, request in newest.items()
        if may_ask_alone(row.organization_id, code)
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_urgent, one.due_date, one.title)))


def _waiting(request: MeasureRequest, begun: bool) -> WaitingMeasure:
    return WaitingMeasure(
        request=request.uid,
        code=request.code,
        title=own_title(request.code),
        due_date=request.due_date,
        questions=len(find(request.code).items),
        begun=begun,
        is_urgent=request.occasion == "critical",
    )


@prepared
def _open(patient: int, since: date) -> QuerySet[MeasureRequest]:
    rows = MeasureRequest.objects.filter(
        patient=patient, response__isnull=True, ended_at__isnull=True, due_date__gte=since
    )
    return rows.order_by("due_date", "pk")


@prepared
def _begun(patient: int, since: datetime) -> QuerySet[MeasureSheet, str]:
    rows = MeasureSheet.objects.filter(
        patient=patient, mode="self", ended_at__isnull=True, changed_at__gte=since
    )
    return rows.values_list("code", flat=True)
