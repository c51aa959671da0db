"""Breaking the glass: a guarded record opened in an emergency, for a reason and for hours, then reviewed."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.privacy.emergencies import (
    FINDINGS,
    REASON_WORDS,
    REASONS,
    may_break_glass,
    review_due,
)
from throughcare.knowledge.privacy.relationships import ALL as RELATIONSHIPS
from throughcare.knowledge.verdict import Verdict
from throughcare.pathway.actor import Actor, Asked
from throughcare.pathway.cannot import Absent, Cannot, CannotSee, require
from throughcare.pathway.privacy.book import note
from throughcare.pathway.privacy.consent import site_of
from throughcare.pathway.privacy.desk import meet, open_list, open_patient
from throughcare.pathway.privacy.notices import OFFICERS, give_notice
from throughcare.pathway.privacy.standing import Standing
from throughcare.pathway.program_settings import number
from throughcare.records.emergencies import EmergencyAccess, EmergencyReview
from throughcare.records.organizations import Holiday
from throughcare.records.people import Patient

KIND = "emergency"
SHOWN = 200


@dataclass(frozen=True)
class EmergencyView:
    """One emergency. `finding` is empty until someone reviewed it; `opened` says what was seen behind the glass."""

    uid: UUID
    patient: UUID
    patient_name: str
    account: UUID
    who: str
    reason: str
    nature: str
    began_at: datetime
    ends_at: datetime
    review_due: date
    is_open: bool
    is_overdue: bool
    told_outside: bool
    finding: str = ""
    finding_words: str = ""
    review_text: str = ""
    reviewed_by: str = ""
    reviewed_at: datetime | None = None
    opened: tuple["Opened", ...] = field(default=())

    @property
    def standing(self) -> str:
        """Its status key."""
        if self.reviewed_at:
            return "done"
        return "overdue" if self.is_overdue else "due"


@dataclass(frozen=True)
class Opened:
    """One page that was seen behind the glass."""

    at: datetime
    what: str
    allowed: bool
    surface: str


def glass_verdict(patient: UUID, *, by: Actor, at: datetime) -> Verdict:
    """Whether the actor may open this guarded record with a reason. Raises `Absent` for a stranger's."""
    return _verdict(_met(patient, by=by, at=at)[1])


def open_emergency(patient: UUID, *, by: Actor, at: datetime) -> UUID | None:
    """The actor's own emergency before this record that is still open."""
    rows = EmergencyAccess.objects.filter(
        organization_id=by.organization, patient__uid=patient, account=by.account, ends_at__gt=at
    )
    return rows.order_by("-began_at").values_list("uid", flat=True).first()


@transaction.atomic
def break_glass(patient: UUID, *, reason: str, nature: str, by: Actor, at: datetime) -> UUID:
    """Open a guarded record for reading, for a few hours; the officers are told, and someone reviews it.

    Returns the emergency's public id; whoever breaks the glass twice comes to the one that is open.
    """
    found, standing = _met(patient, by=by, at=at)
    verdict = _verdict(standing)
    _note(found, standing, bool(verdict), by=by, at=at)
    require(verdict, CannotSee)
    if reason not in REASONS:
        raise Cannot("Choose the reason.", field="reason")
    if not nature.strip():
        raise Cannot("Write what happened and what you need to know.", field="nature")
    already = open_emergency(found.uid, by=by, at=at)
    if already is not None:
        return already
    hours = number("privacy.break_glass_hours", organization=by.organization, on=at.date())
    row = begin_emergency(found, reason, nature, ends_at=at + timedelta(hours=hours), by=by, at=at)
    give_notice(
        "glass_broken",
        f"{by.name} opened the record of {found.called}. {REASONS[reason]}. "
        f"Review it by {row.review_due_date:%B} {row.review_due_date.day}.",
        organization=by.organization,
        patient=found.pk,
        account=by.account,
        emergency=row,
        at=at,
    )
    if by.page is not None:  # what comes next on this page stands behind the glass
        by.page.met.pop((by.account, found.uid), None)
    return row.uid


def begin_emergency(
    patient: Patient, reason: str, nature: str, *, ends_at: datetime, by: Actor, at: datetime
) -> EmergencyAccess:
    """Write an emergency down with the day its review is due. For this package."""
    if by.account is None:
        raise CannotSee("Sign in first: an emergency has a name beside it.")
    return EmergencyAccess.objects.create(
        organization_id=by.organization,
        patient=patient,
        account_id=by.account,
        reason=reason,
        nature=nature.strip(),
        began_at=at,
        ends_at=ends_at,
        review_due_date=_review_due(patient, by=by, at=at),
        recorded_by_id=by.account,
        recorded_at=at,
    )


@transaction.atomic
def end_emergency(emergency: UUID, *, by: Actor, at: datetime) -> None:
    """The record shuts before its hours are over: by who opened it, or by an officer."""
    row = _found(emergency, by)
    if row.account_id != by.account and not by.holds(*OFFICERS):
        raise CannotSee("Who opened the record ends it, or an officer.")
    open_patient(row.patient, kind=KIND, verb="change", purpose=_purpose(by), by=by, at=at)
    if row.ends_at <= at:
        raise Cannot("This emergency is over already.")
    row.ends_at = at
    row.save(update_fields=["ends_at"])


@transaction.atomic
def review_emergency(emergency: UUID, *, finding: str, text: str, by: Actor, at: datetime) -> None:
    """An officer looked at what was done behind the glass; never the one who did it."""
    if not by.holds(*OFFICERS):
        raise CannotSee("Emergencies are reviewed by the compliance officer and the clinical director.")
    row = _found(emergency, by)
    open_patient(row.patient, kind=KIND, verb="change", purpose="audit", by=by, at=at)
    if row.account_id == by.account:
        raise Cannot("You opened this record yourself. Another officer reviews it.")
    if finding not in FINDINGS:
        raise Cannot("Choose what you found.", field="finding")
    if finding != "appropriate" and not text.strip():
        raise Cannot("Write what was not right and what follows.", field="text")
    if EmergencyReview.objects.filter(emergency=row).exists():
        raise Cannot("Someone reviewed this already.")
    EmergencyReview.objects.create(
        organization_id=by.organization,
        emergency=row,
        finding=finding,
        text=text.strip(),
        reviewed_at=at,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    row.notices.filter(read_at__isnull=True).update(read_at=at, read_by=by.account)


def emergency_rows(*, by: Actor) -> QuerySet[EmergencyAccess]:
    """The organization's emergencies. For this package."""
    return (
        EmergencyAccess.objects.select_related("patient", "account", "review", "review__recorded_by")
        .filter(organization_id=by.organization)
        .prefetch_related("disclosures")
    )


def emergencies(*, by: Actor, at: datetime) -> tuple[EmergencyView, ...]:
    """The newest emergencies: every one to officers, their own to others; those to be reviewed first."""
    rows = emergency_rows(by=by)
    if not by.holds(*OFFICERS):
        rows = rows.filter(account=by.account)
    found = list(rows.order_by("-began_at")[:SHOWN])
    open_list(KIND, sorted({row.patient_id for row in found}), purpose=_purpose(by), by=by, at=at)
    views = (view_of(row, by=by, at=at) for row in found)
    return tuple(sorted(views, key=lambda one: (one.reviewed_at is not None, one.review_due, one.began_at)))


def view_of(
    row: EmergencyAccess, *, by: Actor, at: datetime, opened: tuple[Opened, ...] = ()
) -> EmergencyView:
    """A row as pages show it. For this package."""
    review = getattr(row, "review", None)
    today = local_day(at, by.time_zone)
    return EmergencyView(
        uid=row.uid,
        patient=row.patient.uid,
        patient_name=row.patient.called,
        account=row.account.uid,
        who=row.account.name,
        reason=REASON_WORDS.get(row.reason, row.reason),
        nature=row.nature,
        began_at=row.began_at,
        ends_at=row.ends_at,
        review_due=row.review_due_date,
        is_open=row.began_at <= at < row.ends_at,
        is_overdue=review is None and today > row.review_due_date,
        told_outside=bool(row.disclosures.all()),
        finding=review.finding if review else "",
        finding_words=FINDINGS.get(review.finding, "") if review else "",
        review_text=review.text if review else "",
        reviewed_by=review.recorded_by.name if review and review.recorded_by else "",
        reviewed_at=review.reviewed_at if review else None,
        opened=opened,
    )


def _met(patient: UUID, *, by: Actor, at: datetime) -> tuple[Patient, Standing]:
    """The patient and how the actor stands to them, when the record is the actor's business at all."""
    found, standing = meet(patient, by=by, at=at)
    known = RELATIONSHIPS.get(standing.relationship)
    if known is None or not known.staff or standing.relationship == "other_site":
        raise Absent("patient")
    return found, standing


def _verdict(standing: Standing) -> Verdict:
    return may_break_glass(
        roles=standing.roles, guarded=standing.guarded, near=RELATIONSHIPS[standing.relationship].near
    )


def _note(patient: Patient, standing: Standing, allowed: bool, *, by: Actor, at: datetime) -> None:
    purpose, relationship = "break_glass", standing.relationship
    asked = Asked(by.account, "change", KIND, purpose, relationship, allowed, None, (patient.pk,), at)
    note(asked, by=by)


def _purpose(by: Actor) -> str:
    """An officer comes to audit; everyone else for the emergency itself."""
    return "audit" if by.holds(*OFFICERS) else "emergency"


def _found(emergency: UUID, by: Actor) -> EmergencyAccess:
    row = emergency_rows(by=by).filter(uid=emergency).first()
    if row is None:
        raise Absent("emergency")
    return row


def _review_due(patient: Patient, *, by: Actor, at: datetime) -> date:
    site = site_of(patient)
    opened = local_day(at, site.time_zone if site else "UTC")
    days = number("privacy.break_glass_review_days", organization=by.organization, on=opened)
    closed = Holiday.objects.filter(
        Q(site=site) | Q(site__isnull=True), organization_id=by.organization, day__gt=opened
    )
    return review_due(opened, days=days, holidays=frozenset(closed.values_list("day", flat=True)))
