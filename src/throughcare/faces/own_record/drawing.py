"""The two files of a whole record."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from throughcare.faces.fhir.bundle import as_json
from throughcare.faces.web.typeset import typeset
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.privacy.own_record import FHIR, PDF
from throughcare.knowledge.privacy.part2_statements import LONG_STATEMENT
from throughcare.pathway.own_record.gathering import WholeRecord

TEMPLATE = Path(__file__).with_name("record.typ")


def draw_files(record: WholeRecord) -> Mapping[str, bytes]:
    """The files by their kind."""
    moment = int(record.made_at.timestamp())
    return {PDF: typeset(TEMPLATE, {"record": _told(record)}, moment=moment), FHIR: as_json(record)}


def _told(record: WholeRecord) -> dict[str, Any]:
    made = local_day(record.made_at, record.zone)
    return {
        "name": record.name,
        "program": record.program,
        "made": f"{made:%B} {made.day}, {made.year}",
        "chapters": [
            {
                "title": one.title[:1].upper() + one.title[1:],
                "items": [
                    {
                        **asdict(item),
                        "day": f"{item.day:%B} {item.day.day}, {item.day.year}" if item.day else "",
                    }
                    for item in one.items
                ],
            }
            for one in record.chapters
        ],
        "left_out": [list(one) for one in record.left_out],
        "statement": LONG_STATEMENT,
    }
