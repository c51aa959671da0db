"""Those who are asked how they are since they left."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.privacy import at_sites
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.records.aftercare import AftercarePlan

MOST_ROWS = 500


@dataclass(frozen=True)
class Followed:
    """One of them, since when and until when."""

    patient: UUID
    name: str
    since: date
    until: date


def followed(*, by: Actor, at: datetime) -> tuple[Followed, ...]:
    """Everyone whose aftercare runs, who left first on top. Three queries."""
    rows = AftercarePlan.objects.select_related("patient").filter(
        organization_id=by.organization, ended_at__isnull=True
    )
    seen = at_sites(rows, "aftercare", by=by, column="discharge__episode__site")
    plans = list(seen.order_by("from_date", "pk")[:MOST_ROWS])
    hidden = open_roster("aftercare", sorted({plan.patient_id for plan in plans}), by=by, at=at)
    return tuple(
        Followed(
            plan.patient.uid,
            HIDDEN if plan.patient_id in hidden else display_name(plan.patient),
            plan.from_date,
            plan.until_date,
        )
        for plan in plans
    )
