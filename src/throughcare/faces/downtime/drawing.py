"""A packet as a PDF that opens with the organization's words only."""

from dataclasses import asdict
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pypdf import PdfReader, PdfWriter

from throughcare.faces.web.typeset import typeset
from throughcare.knowledge.crisis_lines import ROWS as LINES
from throughcare.knowledge.privacy.part2_statements import LONG_STATEMENT
from throughcare.pathway.downtime.packet import Packet, gather_packet
from throughcare.pathway.downtime.packet_files import keep_packet
from throughcare.pathway.downtime.packet_words import words_in_force

TEMPLATE = Path(__file__).with_name("packet.typ")


def write_packet(site: UUID, *, at: datetime) -> Path:
    """Gather, draw, seal and put in its place."""
    packet = gather_packet(site, at=at)
    return keep_packet(site, sealed(draw(packet), words_in_force(packet.organization, at=at)))


def draw(packet: Packet) -> bytes:
    """The pages, not sealed yet."""
    return typeset(TEMPLATE, {"packet": _told(packet)}, moment=int(packet.as_of.timestamp()))


def sealed(pdf: bytes, words: str) -> bytes:
    """The same PDF by AES-256; nobody opens it without the words."""
    writer, found = PdfWriter(clone_from=PdfReader(BytesIO(pdf))), BytesIO()
    writer.encrypt(user_password=words, algorithm="AES-256")
    writer.write(found)
    return found.getvalue()


def _told(packet: Packet) -> dict[str, Any]:
    zone = ZoneInfo(packet.time_zone)
    return {
        **asdict(packet),
        "as_of": _moment(packet.as_of, zone),
        "restored_as_of": _moment(packet.restored_as_of, zone) if packet.restored_as_of else "",
        "roster": [
            {"day": _day(one.day), "meetings": [asdict(m) for m in one.meetings]} for one in packet.roster
        ],
        "sheets": [{**asdict(one), "birth_date": _day(one.birth_date)} for one in packet.sheets],
        "lines": [asdict(one) for one in LINES],
        "statement": LONG_STATEMENT,
    }


def _moment(at: datetime, zone: ZoneInfo) -> str:
    here = at.astimezone(zone)
    return f"{_day(here.date())}, {here.hour % 12 or 12}:{here:%M} {here:%p}"


def _day(day: date | None) -> str:
    return f"{day:%A, %B} {day.day}, {day.year}" if day else ""
