"""Writes every site's packet, a process of its own: `python -m throughcare.faces.downtime`."""

import logging
import os


def main() -> int:
    """One packet after the other; one that fails stops no other. 1 when one failed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.settings")
    import django

    django.setup()
    from django.utils import timezone

    from throughcare.faces.downtime.drawing import write_packet
    from throughcare.pathway.downtime.packet_files import sites_with_packets

    failed = 0
    for site in sites_with_packets():
        try:
            write_packet(site, at=timezone.now())
        except Exception:
            failed = 1
            logging.getLogger("throughcare.downtime").exception("a packet could not be written")
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
