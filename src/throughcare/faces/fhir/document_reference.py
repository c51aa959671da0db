"""DocumentReference."""

import base64
from uuid import NAMESPACE_URL, uuid5

from throughcare.faces.fhir.elements import Resource, reference, resource
from throughcare.pathway.own_record.gathering import Chapter
from throughcare.pathway.privacy.telling import Item


def document_references(chapter: Chapter, patient: str) -> list[Resource]:
    """Each item of a chapter as plain text; its id is the same whenever the same record is drawn."""
    return [
        _document(item, uid=str(uuid5(NAMESPACE_URL, f"{patient}/{chapter.kind}/{number}")), patient=patient)
        for number, item in enumerate(chapter.items)
    ]


def _document(item: Item, *, uid: str, patient: str) -> Resource:
    words = "\n".join((item.title, *(str(line) for line in item.lines)))
    data = base64.b64encode(words.encode()).decode()
    attachment = {"contentType": "text/plain; charset=utf-8", "data": data, "title": item.title}
    return resource(
        "DocumentReference",
        uid,
        item.kind,
        status="current",
        type={"text": item.kind.replace("_", " ")},
        subject=reference("Patient", patient),
        date=f"{item.day.isoformat()}T00:00:00Z" if item.day else "",
        description=item.title,
        content=[{"attachment": attachment}],
    )
