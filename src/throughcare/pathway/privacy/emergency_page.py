"""What was opened behind broken glass, as the review and the one who opened it see it."""

from datetime import datetime
from uuid import UUID

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.privacy.desk import open_list, open_patient
from throughcare.pathway.privacy.emergency import EmergencyView, Opened, emergency_rows, view_of
from throughcare.pathway.privacy.notices import OFFICERS
from throughcare.records.accesses import Access
from throughcare.records.emergencies import EmergencyAccess


def emergency_page(emergency: UUID, *, by: Actor, at: datetime) -> EmergencyView:
    """One emergency with everything that was seen behind the glass: for officers, and for who broke it."""
    row = emergency_rows(by=by).filter(uid=emergency).first()
    officer = by.holds(*OFFICERS)
    if row is None or not (officer or row.account_id == by.account):
        raise Absent("emergency")
    if officer:
        open_patient(row.patient, kind="emergency", purpose="audit", by=by, at=at)
    else:  # their own act, also when the record is shut again
        open_list("emergency", [row.patient_id], purpose="emergency", by=by, at=at)
    return view_of(row, by=by, at=at, opened=tuple(_opened(row)))


def _opened(row: EmergencyAccess) -> list[Opened]:
    rows = Access.objects.filter(
        organization=row.organization_id,
        account=row.account_id,
        relationship="emergency",
        shown__patient=row.patient_id,
        accessed_at__gte=row.began_at,
        accessed_at__lte=row.ends_at,
    )
    return [
        Opened(
            at=one.accessed_at,
            what=", ".join(KINDS[kind].words for kind in one.kinds if kind in KINDS),
            allowed=one.allowed,
            surface=one.surface,
        )
        for one in rows.order_by("sequence")
        if "emergency" not in one.kinds
    ]
