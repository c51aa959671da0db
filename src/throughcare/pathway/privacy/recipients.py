"""Who outside the program may be told something: entered once, chosen again and again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.knowledge.privacy.recipients import ALL as CLASSES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, CannotSee, require
from throughcare.pathway.privacy.desk import may_access
from throughcare.records.consents import Recipient

# Family is entered with the patient; the patient needs no entry of their own.
NOT_ENTERED = frozenset({"family", "patient"})


@dataclass(frozen=True)
class NewRecipient:
    """What is asked about a person or an organization outside; `kind` is their class."""

    kind: str
    name: str
    affiliation: str = ""
    contact: str = ""


@dataclass(frozen=True)
class RecipientLine:
    """One entry of the list of recipients."""

    uid: UUID
    kind: str
    name: str
    affiliation: str
    contact: str

    @property
    def said(self) -> str:
        """The name with where they belong and what they are."""
        named = f"{self.name}, {self.affiliation}" if self.affiliation else self.name
        return f"{named} ({CLASSES[self.kind].words})" if self.kind in CLASSES else named


def enter_recipient(new: NewRecipient, *, by: Actor, at: datetime) -> UUID:
    """Enter someone outside, or find the same entry made before."""
    require(may_access("consent", by=by, verb="change"), CannotSee)
    name = " ".join(new.name.split())
    if new.kind not in CLASSES or new.kind in NOT_ENTERED:
        raise Cannot("Say what kind of recipient this is.", field="kind")
    if not name:
        raise Cannot("Name the person or the organization.", field="name")
    for line in recipients(by=by):
        if (line.kind, line.name.lower()) == (new.kind, name.lower()):
            return line.uid
    return Recipient.objects.create(
        organization_id=by.organization,
        kind=new.kind,
        name=name[:200],
        affiliation=" ".join(new.affiliation.split())[:200],
        contact=new.contact.strip()[:300],
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def recipients(*, by: Actor) -> tuple[RecipientLine, ...]:
    """The organization's recipients by name. Nothing about any patient is among them."""
    require(may_access("consent", by=by), CannotSee)
    rows = Recipient.objects.filter(organization_id=by.organization, ended_at__isnull=True)
    lines = [RecipientLine(row.uid, row.kind, row.name, row.affiliation, row.contact) for row in rows]
    return tuple(sorted(lines, key=lambda line: (line.name.lower(), line.kind)))


def find_recipient(recipient: UUID, *, by: Actor) -> Recipient:
    """The organization's recipient with this public id. Raises `Absent`."""
    row = Recipient.objects.filter(organization_id=by.organization, uid=recipient).first()
    if row is None:
        raise Absent("recipient")
    return row
