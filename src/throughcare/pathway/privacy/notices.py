"""What the privacy officer must hear of: notices, reading and settling them. `officer_mail` tells of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.privacy.desk import open_list
from throughcare.records.emergencies import EmergencyAccess, PrivacyNotice
from throughcare.records.people import Patient

OFFICERS = frozenset({"compliance", "director"})
SHOWN = 200
KINDS = {
    "glass_broken": "A guarded record was opened in an emergency",
    "told_outside": "Someone outside was told in an emergency",
    "chain_broken": "The book of accesses is broken",
    "guarded": "A record was guarded by itself",
    "off_panel_burst": "Many charts off the panel",
    "mass_reading": "Many charts in a day",
    "colleague": "A colleague's chart",
    "same_address": "A chart from the reader's own address",
    "same_family_name": "A chart with the reader's own family name",
    "paper_came": "A paper from a court, a lawyer or the police came in",
    "clinic_export": "An export of the whole clinic",
}


@dataclass(frozen=True)
class NoticeView:
    """One notice. `patients`: how many people it is about beside the named one are told in its text."""

    uid: UUID
    kind: str
    title: str
    text: str
    noticed_at: datetime
    told_at: datetime | None
    about_account: str
    patient_name: str
    emergency: UUID | None
    read_at: datetime | None
    read_by: str
    resolved_at: datetime | None
    resolved_by: str
    resolution: str

    @property
    def standing(self) -> str:
        """Its status key: new, read, settled."""
        return "settled" if self.resolved_at else "read" if self.read_at else "new"


def give_notice(
    kind: str,
    text: str,
    *,
    organization: int,
    at: datetime,
    patient: int | None = None,
    account: int | None = None,
    emergency: EmergencyAccess | None = None,
    mark: str = "",
) -> PrivacyNotice:
    """Write a notice in the transaction that it is about; the worker tells the officers. `mark` tells doubles apart."""
    return PrivacyNotice.objects.create(
        organization_id=organization,
        kind=kind,
        text=text,
        patient_id=patient,
        account_id=account,
        emergency=emergency,
        mark=mark,
        recorded_at=at,
    )


def unread_notices(*, by: Actor) -> int:
    """How many notices no officer has read yet; none for anyone else."""
    if not by.holds(*OFFICERS):
        return 0
    return PrivacyNotice.objects.filter(organization_id=by.organization, read_at__isnull=True).count()


def notices(*, by: Actor, at: datetime) -> tuple[NoticeView, ...]:
    """The organization's newest notices, those not settled before the others."""
    _require_officer(by)
    rows = PrivacyNotice.objects.select_related(
        "patient", "account", "emergency", "read_by", "resolved_by"
    ).filter(organization_id=by.organization)
    found = list(rows.order_by("-recorded_at", "-pk")[:SHOWN])
    open_list("emergency", sorted({row.patient_id for row in found if row.patient_id}), by=by, at=at)
    return tuple(sorted(map(_view, found), key=lambda one: one.resolved_at is not None))


@transaction.atomic
def read_notice(notice: UUID, *, by: Actor, at: datetime) -> None:
    """An officer has read it; the first one counts."""
    row = _found(notice, by)
    if row.read_at is None:
        row.read_at, row.read_by_id = at, by.account
        row.save(update_fields=["read_at", "read_by"])


@transaction.atomic
def resolve_notice(notice: UUID, *, words: str, by: Actor, at: datetime) -> None:
    """Settle a notice with what came of it. Nobody settles a notice about themselves."""
    row = _found(notice, by)
    if row.resolved_at is not None:
        raise Cannot("Someone settled this notice already.")
    if row.account_id is not None and row.account_id == by.account:
        raise Cannot("This notice is about you. Another officer settles it.")
    if not words.strip():
        raise Cannot("Write what came of it.", field="words")
    row.resolved_at, row.resolved_by_id, row.resolution = at, by.account, words.strip()
    if row.read_at is None:
        row.read_at, row.read_by_id = at, by.account
    row.save(update_fields=["resolved_at", "resolved_by", "resolution", "read_at", "read_by"])


def _found(notice: UUID, by: Actor) -> PrivacyNotice:
    _require_officer(by)
    row = (
        PrivacyNotice.objects.select_for_update().filter(organization_id=by.organization, uid=notice).first()
    )
    if row is None:
        raise Absent("notice")
    return row


def _require_officer(by: Actor) -> None:
    if not by.holds(*OFFICERS):
        raise CannotSee("Notices are read by the compliance officer and the clinical director.")


def _view(row: PrivacyNotice) -> NoticeView:
    return NoticeView(
        uid=row.uid,
        kind=row.kind,
        title=KINDS.get(row.kind, row.kind),
        text=row.text,
        noticed_at=row.recorded_at,
        told_at=row.told_at,
        about_account=row.account.name if row.account else "",
        patient_name=_name(row.patient),
        emergency=row.emergency.uid if row.emergency else None,
        read_at=row.read_at,
        read_by=row.read_by.name if row.read_by else "",
        resolved_at=row.resolved_at,
        resolved_by=row.resolved_by.name if row.resolved_by else "",
        resolution=row.resolution,
    )


def _name(patient: Patient | None) -> str:
    return patient.called if patient else ""
