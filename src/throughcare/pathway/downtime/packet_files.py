"""Where packets lie: a sealed PDF for each site, written whole or not at all, and how old each is."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.text import slugify

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.downtime.packet import people_in_packet
from throughcare.pathway.privacy import at_sites, open_list
from throughcare.records.organizations import Site

# A packet is written this often, so that none is older than a quarter of an hour.
EVERY, OLDEST = timedelta(minutes=10), timedelta(minutes=15)
KIND = "safety_plan"


@dataclass(frozen=True)
class PacketFile:
    """One site's packet; `written_at` is None before the first."""

    site: UUID
    site_name: str
    name: str
    written_at: datetime | None

    def is_late(self, at: datetime) -> bool:
        """Whether it is older than it may be."""
        return self.written_at is None or at - self.written_at > OLDEST


def sites_with_packets() -> list[UUID]:
    """Every site, of every organization."""
    return list(Site.objects.order_by("organization", "pk").values_list("uid", flat=True))


def keep_packet(site: UUID, content: bytes) -> Path:
    """Put a packet in its place, synced."""
    path = path_of(Site.objects.get(uid=site))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_suffix(".new")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.chmod(0o600)
    unfinished.rename(path)
    return path


def path_of(site: Site) -> Path:
    """A name that a person finds in a folder; it says nothing of anyone."""
    return Path(settings.DOWNTIME_FOLDER) / f"downtime-{slugify(site.name)[:40]}-{site.uid.hex[:8]}.pdf"


def packets_of(*, by: Actor) -> tuple[PacketFile, ...]:
    """The packets of the organization's sites."""
    return tuple(_file(site) for site in Site.objects.filter(organization_id=by.organization).order_by("pk"))


def packet_ages(*, at: datetime) -> dict[str, float]:
    """Seconds since each packet was written, by the site's public id; infinite before the first."""
    files = (_file(site) for site in Site.objects.order_by("pk"))
    return {
        str(one.site): (at - one.written_at).total_seconds() if one.written_at else float("inf")
        for one in files
    }


def open_packet(site: UUID, *, by: Actor, at: datetime) -> tuple[str, bytes]:
    """A packet's file, with everyone whom it is about in the book. Raises `Absent`, `CannotSee`, `Cannot`."""
    found = find_packet_site(site, by=by)
    open_list(KIND, people_in_packet(found, at=at), by=by, at=at)
    path = path_of(found)
    try:
        return path.name, path.read_bytes()
    except FileNotFoundError:
        raise Cannot("No packet was written yet. The worker writes one within ten minutes.") from None


def find_packet_site(site: UUID, *, by: Actor) -> Site:
    """A site where the actor may read safety plans. Raises `Absent`."""
    rows = Site.objects.filter(organization_id=by.organization, uid=site)
    found = at_sites(rows, KIND, by=by, column="pk").first()
    if found is None:
        raise Absent("site")
    return found


def _file(site: Site) -> PacketFile:
    path = path_of(site)
    try:
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        written = None
    return PacketFile(site.uid, site.name, path.name, written)
