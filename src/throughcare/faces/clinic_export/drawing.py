"""One person's files in an export: a chart that any browser shows, and the record as FHIR R4."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.template import Context, Engine, Template

from throughcare.faces.fhir.bundle import bundle
from throughcare.knowledge.privacy.part2_statements import LONG_STATEMENT
from throughcare.pathway.own_record.gathering import WholeRecord

TAGS = "urn:throughcare:export"
CHART, FHIR = "chart.html", "fhir.json"
TEMPLATE = Path(__file__).with_name(CHART)


def draw_person(record: WholeRecord, watermark: str) -> tuple[Mapping[str, bytes], int]:
    """The files by their names, and how many resources the bundle has."""
    told = {"record": record, "watermark": watermark, "statement": LONG_STATEMENT}
    made = bundle(record)
    made["meta"]["tag"] = [{"system": TAGS, "code": "export", "display": watermark}]
    chart = _chart().render(Context(told)).encode()
    return {CHART: chart, FHIR: json.dumps(made, ensure_ascii=False).encode()}, len(made["entry"])


@cache
def _chart() -> Template:
    return Engine().from_string(TEMPLATE.read_text(encoding="utf-8"))
