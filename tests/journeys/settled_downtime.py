"""For a day without the program, and for the day one leaves it: a packet on the disk, an export asked for."""

from datetime import datetime

from tests.cast import Cast
from throughcare.pathway.clinic_export.asking import ask_for_export
from throughcare.pathway.downtime.packet_files import keep_packet, sites_with_packets

SEALED = b"%PDF-1.7\n%sealed\n%%EOF\n"


def what_is_kept_ready(cast: Cast, *, now: datetime) -> dict[str, object]:
    """A packet for each site, and a request that waits for its second person."""
    for site in sites_with_packets():
        keep_packet(site, SEALED)
    return {"export": ask_for_export(reason="We move to another program", by=cast.director, at=now)}
