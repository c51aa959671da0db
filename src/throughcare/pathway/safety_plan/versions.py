"""The versions of a plan, newest first: who wrote them when, and each as it stood."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.planning.own_plans import ALL
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.safety_plan.reading import OwnPlanView, view_of
from throughcare.records.safety_plans import OwnPlan, OwnPlanLook


@dataclass(frozen=True)
class Happened:
    """One line of a plan's history: a version was written, or it was read again (`number` of that version)."""

    number: int
    at: datetime
    day: date
    by: str
    made: str
    words: str = ""

    @property
    def is_version(self) -> bool:
        """Whether something was written, not only read."""
        return bool(self.made)


def plan_history(patient: UUID, kind: str, *, by: Actor, at: datetime) -> tuple[Happened, ...]:
    """Everything that was written and read again, newest first; three queries."""
    if kind not in ALL:
        raise Absent("plan")
    found = open_patient(patient, kind=ALL[kind].record, by=by, at=at)
    rows = OwnPlan.objects.select_related("recorded_by").filter(patient=found, kind=kind)
    written = [
        Happened(row.number, row.recorded_at, row.local_day, _name(row), row.made)
        for row in rows.order_by("number")
    ]
    looks = OwnPlanLook.objects.select_related("recorded_by", "plan").filter(
        plan__patient=found, plan__kind=kind
    )
    read = [
        Happened(row.plan.number, row.recorded_at, row.local_day, _name(row), "", row.words) for row in looks
    ]
    return tuple(sorted([*written, *read], key=lambda one: (one.at, one.number), reverse=True))


def plan_version(patient: UUID, kind: str, number: int, *, by: Actor, at: datetime) -> OwnPlanView:
    """One version as it stood. Raises `Absent`."""
    if kind not in ALL:
        raise Absent("plan")
    found = open_patient(patient, kind=ALL[kind].record, by=by, at=at)
    rows = OwnPlan.objects.select_related("recorded_by").filter(patient=found, kind=kind, number=number)
    row = rows.first()
    if row is None:
        raise Absent("plan")
    return view_of(row)


def _name(row: OwnPlan | OwnPlanLook) -> str:
    return row.recorded_by.name if row.recorded_by else ""
