"""Who could be told something about a patient: those close to them, the address book, a class, the patient."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.knowledge.privacy.recipients import ALL as CLASSES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.people.people import person_view
from throughcare.pathway.privacy.recipients import recipients
from throughcare.pathway.privacy.telling import To

# What someone of a class usually asks for a record for. [ours]
USUAL_PURPOSE = {
    "treating_provider": "treatment",
    "health_plan": "payment",
    "payer": "payment",
    "program_helper": "operations",
    "intermediary": "treatment",
    "family": "family_involvement",
    "court": "legal_proceedings",
    "lawyer": "legal_proceedings",
    "law_enforcement": "legal_proceedings",
    "justice": "justice_supervision",
    "auditor": "audit",
    "researcher": "research",
}
ASKED_FOR = "patient_request"


@dataclass(frozen=True)
class Receiver:
    """One choice: `key` is what a form sends; `group` is where it stands on the list."""

    key: str
    words: str
    group: str
    to: To
    contact: str = ""

    @property
    def purpose(self) -> str:
        """What they usually ask for a record for."""
        return USUAL_PURPOSE.get(self.to.recipient_class, ASKED_FOR)

    @property
    def is_class(self) -> bool:
        """Whether nobody is named: enough to look, not enough to send."""
        return self.key.startswith("class:")


def receivers_of(patient: UUID, *, by: Actor, at: datetime) -> tuple[Receiver, ...]:
    """Everyone to choose from, those close to the patient first."""
    close = [
        Receiver(
            f"related:{one.uid}",
            f"{one.name} ({one.relationship})" if one.relationship else one.name,
            "Close to them",
            To("family", one.name, related_person=one.uid),
            one.phone,
        )
        for one in person_view(patient, by=by, at=at).related
    ]
    entered = [
        Receiver(
            f"recipient:{one.uid}",
            one.said,
            "Address book",
            To(one.kind, one.name, recipient=one.uid, affiliation=one.affiliation),
            one.contact,
        )
        for one in recipients(by=by)
    ]
    classes = [
        Receiver(f"class:{code}", f"Any: {row.words}", "By class", To(code, row.words))
        for code, row in CLASSES.items()
        if code != "patient"
    ]
    own = Receiver("patient", "The patient", "The patient", To("patient", "The patient"))
    return (*close, *entered, own, *classes)


def find_receiver(patient: UUID, key: str, *, by: Actor, at: datetime) -> Receiver:
    """The choice with this key. Raises `Cannot`."""
    for one in receivers_of(patient, by=by, at=at):
        if one.key == key:
            return one
    raise Cannot("Choose who would receive it.", field="who")
