"""A packet was opened on paper or on another machine: the book learns of it afterwards, with the time it happened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.downtime.packet import people_in_packet
from throughcare.pathway.downtime.packet_files import KIND, find_packet_site
from throughcare.pathway.privacy import open_list
from throughcare.records.downtimes import PacketOpening


@dataclass(frozen=True)
class NewOpening:
    """Who opened a packet, when, and why."""

    opened_at: datetime
    opened_by: str
    words: str


@dataclass(frozen=True)
class OpeningView:
    """One opening as it was told; `told_at` and `told_by` say when it was entered, and by whom."""

    site_name: str
    opened_at: datetime
    opened_by: str
    words: str
    told_at: datetime
    told_by: str


@transaction.atomic
def site_of_packet(site: UUID, *, by: Actor) -> str:
    """The name of the site that a packet is of. Raises `Absent`."""
    return find_packet_site(site, by=by).name


def record_opening(site: UUID, opening: NewOpening, *, by: Actor, at: datetime) -> UUID:
    """Write down that a packet was opened: everyone whom it is about has it in their book."""
    found = find_packet_site(site, by=by)
    if not opening.opened_by.strip():
        raise Cannot("Write who opened it.", field="opened_by")
    if not opening.words.strip():
        raise Cannot("Write why it was opened.", field="words")
    if opening.opened_at > at:
        raise Cannot("That moment is still to come.", field="opened_at")
    open_list(KIND, people_in_packet(found, at=opening.opened_at), by=by, at=at, purpose="emergency")
    row = PacketOpening.objects.create(
        organization_id=by.organization,
        site=found,
        opened_at=opening.opened_at,
        opened_by=opening.opened_by.strip(),
        words=opening.words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    return row.uid


def openings(*, by: Actor) -> tuple[OpeningView, ...]:
    """The openings of the organization, newest first."""
    rows = PacketOpening.objects.select_related("site", "recorded_by").filter(organization_id=by.organization)
    return tuple(
        OpeningView(
            row.site.name,
            row.opened_at,
            row.opened_by,
            row.words,
            row.recorded_at,
            row.recorded_by.name if row.recorded_by else "",
        )
        for row in rows.order_by("-opened_at", "-pk")[:50]
    )
