"""QuestionnaireResponse."""

from throughcare.faces.fhir.elements import Resource, reference, resource
from throughcare.pathway.own_record.picture import Fact


def questionnaire_response(one: Fact, patient: str) -> Resource:
    """The answers to a questionnaire, item by item; what an item is called is our own short label, not its wording."""
    items = [
        {
            "linkId": str(answer["number"]),
            "text": answer["label"],
            "answer": [{"valueInteger": answer["value"]}],
        }
        for answer in one.said["answers"]
    ]
    panel = one.said["panel"]
    return resource(
        "QuestionnaireResponse",
        one.uid,
        "measure",
        questionnaire=f"http://loinc.org/q/{panel}" if panel else f"urn:throughcare:{one.said['code']}",
        status="completed",
        subject=reference("Patient", patient),
        authored=one.said["taken"],
        item=items,
    )
