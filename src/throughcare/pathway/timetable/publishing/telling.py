"""Everyone whom a publication touches is told once: on their own page, on Today, or by word of mouth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.signing_in.door_mail import queue_mail
from throughcare.pathway.timetable.planners import require_planner
from throughcare.records.consents import PatientAccount
from throughcare.records.people import Account, Patient, Practitioner
from throughcare.records.timetable_runs import Publication, WeekNotice

MAIL = "week_changed"


@dataclass(frozen=True)
class NoticeOfWeek:
    """What someone is told: sentences, from which day on, and why. `is_lasting`: the weeks after it are so too."""

    uid: UUID
    from_date: date
    lines: tuple[str, ...]
    because: str
    published_at: datetime
    told_at: datetime | None
    is_lasting: bool = True


def write_notices(
    publication: Publication,
    people: Mapping[str, Sequence[str]],
    staff: Mapping[str, Sequence[str]],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """A notice for each person and each of the staff (public ids) with what changes for them, and a word by mail."""
    patients = Patient.objects.filter(organization_id=by.organization, uid__in=people)
    workers = Practitioner.objects.filter(organization_id=by.organization, uid__in=staff)
    own = PatientAccount.objects.filter(patient__in=patients, ended_at__isnull=True).select_related("account")
    accounts = {row.patient_id: row.account for row in own}
    notices = [
        _notice(publication, lines=people[str(row.uid)], account=accounts.get(row.pk), patient=row)
        for row in patients.order_by("pk")
    ]
    notices += [
        _notice(publication, lines=staff[str(row.uid)], account=row.account, practitioner=row)
        for row in workers.select_related("account").order_by("pk")
    ]
    WeekNotice.objects.bulk_create(notices)
    for one in notices:
        if one.account is not None and one.account.suspended_at is None and one.account_id != by.account:
            queue_mail(one.account, MAIL, at=at)


def _notice(
    publication: Publication,
    *,
    lines: Sequence[str],
    account: Account | None,
    patient: Patient | None = None,
    practitioner: Practitioner | None = None,
) -> WeekNotice:
    return WeekNotice(
        organization_id=publication.organization_id,
        publication=publication,
        patient=patient,
        practitioner=practitioner,
        account=account,
        lines=list(lines),
        recorded_by_id=publication.recorded_by_id,
        recorded_at=publication.recorded_at,
    )


def my_week_notices(*, by: Actor) -> tuple[NoticeOfWeek, ...]:
    """What waits for whoever is signed in: nothing is told twice."""
    if by.account is None:
        return ()
    rows = WeekNotice.objects.filter(
        organization_id=by.organization, account=by.account, told_at__isnull=True
    )
    rows = rows.select_related("publication", "change").order_by("recorded_at", "pk")
    return tuple(_view(row) for row in rows)


def heard(notice: UUID, *, by: Actor, at: datetime) -> None:
    """Whoever is signed in has read what they were told."""
    rows = WeekNotice.objects.filter(organization_id=by.organization, uid=notice, account=by.account)
    if by.account is None or not rows.exists():
        raise Absent("notice")
    rows.filter(told_at__isnull=True).update(told_at=at, told_by=by.account, told_how="page")


def notices_about(patient: UUID, *, by: Actor, at: datetime) -> tuple[NoticeOfWeek, ...]:
    """What a person has not been told yet of their week, for who sees them."""
    person = open_patient(patient, kind="schedule", by=by, at=at)
    rows = WeekNotice.objects.filter(patient=person, told_at__isnull=True)
    rows = rows.select_related("publication", "change")
    return tuple(_view(row) for row in rows.order_by("recorded_at", "pk"))


def told_by_mouth(notice: UUID, *, by: Actor, at: datetime) -> None:
    """Someone of the staff has told a person; it stands on nobody's list any more."""
    row = (
        WeekNotice.objects.select_related("patient")
        .filter(organization_id=by.organization, uid=notice, patient__isnull=False)
        .first()
    )
    if row is None or row.patient is None:
        raise Absent("notice")
    open_patient(row.patient, kind="schedule", by=by, at=at, verb="change")
    if row.told_at is not None:
        raise Cannot("They have been told already.")
    WeekNotice.objects.filter(pk=row.pk, told_at__isnull=True).update(
        told_at=at, told_by=by.account, told_how="spoken"
    )


def _view(row: WeekNotice) -> NoticeOfWeek:
    cause = row.publication or row.change
    if cause is None:  # a constraint of the table forbids it
        raise Absent("notice")
    return NoticeOfWeek(
        row.uid,
        cause.from_date,
        tuple(row.lines),
        cause.because,
        cause.recorded_at,
        row.told_at,
        is_lasting=row.publication_id is not None,
    )


@dataclass(frozen=True)
class Told:
    """One whom a publication touches: what they are told, and how far that is."""

    notice: UUID
    name: str
    patient: UUID | None
    lines: tuple[str, ...]
    has_account: bool
    told_at: datetime | None
    told_how: str
    is_staff: bool

    @property
    def may_be_told(self) -> bool:
        """Whether someone still has to tell them."""
        return self.patient is not None and self.told_at is None

    @property
    def state(self) -> str:
        """How it stands, in words."""
        if self.told_at is None:
            return "waits on their own page" if self.has_account else "to be told by you"
        return "read on their own page" if self.told_how == "page" else "told"


def told_of_publication(publication: Publication, *, by: Actor, at: datetime) -> tuple[Told, ...]:
    """Everyone whom a publication touches, patients first."""
    require_planner(by)
    return told_in(WeekNotice.objects.filter(publication=publication), by=by, at=at)


def told_in(notices: QuerySet[WeekNotice], *, by: Actor, at: datetime) -> tuple[Told, ...]:
    """Everyone whom these notices are for, patients first; who may see them was asked before."""
    rows = list(notices.select_related("patient", "practitioner", "account"))
    keys = [row.patient_id for row in rows if row.patient_id]
    hidden = open_roster("schedule", keys, by=by, at=at)
    return tuple(sorted((_told(row, hidden) for row in rows), key=lambda one: (one.is_staff, one.name)))


def _told(row: WeekNotice, hidden: frozenset[int]) -> Told:
    guarded = row.patient_id in hidden
    if row.patient is not None:
        name = HIDDEN if guarded else display_name(row.patient)
    else:
        name = f"{row.practitioner.given_name} {row.practitioner.family_name}" if row.practitioner else ""
    return Told(
        row.uid,
        name.strip(),
        row.patient.uid if row.patient and not guarded else None,
        () if guarded else tuple(row.lines),
        row.account_id is not None,
        row.told_at,
        row.told_how,
        row.patient_id is None,
    )
