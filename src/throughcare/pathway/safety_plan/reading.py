"""Both plans as pages show them: the version that stands, since when, and when it is read again."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.planning.own_plans import (
    ALL,
    RELAPSE,
    REVIEW_EVERY,
    SAFETY,
    Due,
    lacks,
    phone_of,
    plan_due,
)
from throughcare.knowledge.safety import TIERS
from throughcare.pathway.actor import Actor
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.privacy.consent import site_of
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.safety_plan.newest import looked_facts, newest_plans
from throughcare.records.people import Patient
from throughcare.records.safety_plans import OwnPlan, OwnPlanLook

DUE_SETTINGS = (REVIEW_EVERY, *(tier.reassess_setting for tier in TIERS if tier.reassess_setting))


@dataclass(frozen=True)
class PlanLine:
    """One line in the person's words; `phone` is the number in it, as a phone dials it, or empty."""

    words: str
    phone: str


@dataclass(frozen=True)
class SectionSaid:
    """One section with its lines; `hint` and `needed` as the knowledge of plans says."""

    code: str
    title: str
    hint: str
    needed: bool
    lines: tuple[PlanLine, ...]

    @property
    def text(self) -> str:
        """Its lines as they are edited: one a line."""
        return "\n".join(line.words for line in self.lines)


@dataclass(frozen=True)
class OwnPlanView:
    """A plan that stands. `made` is together or person; `read_on` the last day it was written or read again."""

    uid: UUID
    kind: str
    title: str
    number: int
    saved_at: datetime
    day: date
    made: str
    by: str
    read_on: date
    review_on: date | None
    sections: tuple[SectionSaid, ...]
    lacks: tuple[str, ...]

    @property
    def said(self) -> tuple[SectionSaid, ...]:
        """The sections that say something."""
        return tuple(one for one in self.sections if one.lines)


@dataclass(frozen=True)
class PlanOnPage:
    """One of the two plans on a page: the version that stands, if there is one, and when it is due."""

    kind: str
    title: str
    about: str
    plan: OwnPlanView | None
    due: Due | None
    is_due: bool
    may_change: bool


@dataclass(frozen=True)
class OwnPlans:
    """Both plans of one person."""

    patient: UUID
    name: str
    safety: PlanOnPage
    relapse: PlanOnPage

    @property
    def both(self) -> tuple[PlanOnPage, PlanOnPage]:
        """The safety plan, then the relapse-prevention plan."""
        return (self.safety, self.relapse)


def safety_plan_of(patient: UUID | Patient, *, by: Actor, at: datetime) -> OwnPlanView | None:
    """The safety plan that stands, through the desk; None when there is none. Raises `Absent` and `CannotSee`."""
    return _plan_of(patient, SAFETY, by=by, at=at)


def relapse_plan_of(patient: UUID | Patient, *, by: Actor, at: datetime) -> OwnPlanView | None:
    """The relapse-prevention plan that stands, through the desk; None when there is none."""
    return _plan_of(patient, RELAPSE, by=by, at=at)


def _plan_of(patient: UUID | Patient, kind: str, *, by: Actor, at: datetime) -> OwnPlanView | None:
    found = open_patient(patient, kind=ALL[kind].record, by=by, at=at)
    row = newest_plans([found.pk], at=at).get(found.pk, {}).get(kind)
    return view_of(row) if row else None


def view_of(row: OwnPlan, look: OwnPlanLook | None = None) -> OwnPlanView:
    """A version as pages show it."""
    kind = ALL[row.kind]
    return OwnPlanView(
        uid=row.uid,
        kind=row.kind,
        title=kind.title,
        number=row.number,
        saved_at=row.recorded_at,
        day=row.local_day,
        made=row.made,
        by=row.recorded_by.name if row.recorded_by else "",
        read_on=look.local_day if look else row.local_day,
        review_on=(look.review_on if look else None) or row.review_on,
        sections=tuple(
            SectionSaid(
                one.code,
                one.title,
                one.hint,
                one.needed,
                tuple(PlanLine(line, phone_of(line)) for line in row.words.get(one.code, ())),
            )
            for one in kind.sections
        ),
        lacks=lacks(row.kind, row.words),
    )


def plans_of(patient: UUID, *, by: Actor, at: datetime) -> OwnPlans:
    """Both plans of one person, each as far as `by` may see it, in a constant number of queries."""
    found = open_patient(patient, kind=ALL[SAFETY].record, by=by, at=at)
    open_patient(found, kind=ALL[RELAPSE].record, by=by, at=at)
    return _both(found, by=by, at=at)


def my_plans(*, by: Actor, at: datetime) -> OwnPlans:
    """The actor's own plans. Raises `Absent` for anyone without a record of their own."""
    return plans_of(own_patient(by=by), by=by, at=at)


def _both(patient: Patient, *, by: Actor, at: datetime) -> OwnPlans:
    site = site_of(patient)
    zone = site.time_zone if site else by.time_zone
    today = local_day(at, zone)
    plans, looks, facts = looked_facts([patient.pk], at=at, zone=zone)
    own = numbers(*DUE_SETTINGS, organization=patient.organization_id, on=today)
    pages = []
    for kind in ALL.values():
        row = plans.get(patient.pk, {}).get(kind.code)
        due = plan_due(kind.code, facts[patient.pk][kind.code], today=today, own=own)
        pages.append(
            PlanOnPage(
                kind.code,
                kind.title,
                kind.about,
                view_of(row, looks.get(row.pk)) if row else None,
                due,
                bool(due and due.is_due(today)),
                bool(may_access(kind.record, by=by, verb="change")),
            )
        )
    return OwnPlans(patient.uid, patient.called, *pages)
