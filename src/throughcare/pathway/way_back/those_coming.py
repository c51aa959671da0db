"""Those who asked to come back, for the staff who call them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from throughcare.pathway.actor import Actor
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.privacy import at_sites
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.privacy.reaching import ways_shut
from throughcare.records.aftercare import WayBack
from throughcare.records.episodes import Episode
from throughcare.records.referrals import ReferralClosure

MOST_ROWS = 100


@dataclass(frozen=True)
class Coming:
    """Somebody on the way back: by when to call, and the session that they were told of."""

    patient: UUID
    referral: UUID
    name: str
    phone: str
    asked_at: datetime
    due_at: datetime
    is_late: bool
    session_at: datetime | None
    time_zone: str


def list_coming(*, by: Actor, at: datetime) -> tuple[Coming, ...]:
    """Everyone who asked and wasn't admitted or let go since, the longest waiting first."""
    rows = WayBack.objects.select_related("patient", "referral__site", "session").filter(
        organization_id=by.organization
    )
    rows = rows.exclude(
        Exists(ReferralClosure.objects.filter(referral=OuterRef("referral"), reopened_at__isnull=True))
    ).exclude(
        Exists(Episode.objects.filter(patient=OuterRef("patient"), admitted_at__gte=OuterRef("recorded_at")))
    )
    ways = list(
        at_sites(rows, "aftercare", by=by, column="referral__site").order_by(F("due_at"), "pk")[:MOST_ROWS]
    )
    patients = sorted({way.patient_id for way in ways})
    hidden = open_roster("aftercare", patients, by=by, at=at)
    unsafe = {key for key, shut in ways_shut(patients).items() if "phone" in shut}
    return tuple(
        Coming(
            patient=way.patient.uid,
            referral=way.referral.uid,
            name=HIDDEN if way.patient_id in hidden else display_name(way.patient),
            phone="" if way.patient_id in hidden | unsafe else way.patient.phone,
            asked_at=way.recorded_at,
            due_at=way.due_at,
            is_late=way.due_at < at,
            session_at=way.session.starts_at if way.session else None,
            time_zone=way.referral.site.time_zone,
        )
        for way in ways
    )
