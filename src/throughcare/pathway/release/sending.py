"""The last look at a packet, and its leaving: marked as sent first, and only then anything goes out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.privacy.weighing import Weighed
from throughcare.knowledge.privacy.without_consent import ALL as WITHOUT_CONSENT
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.privacy.consents_kept import hold_consents
from throughcare.pathway.privacy.disclosure import send_disclosure
from throughcare.pathway.privacy.disclosure_book import DisclosureLine, open_disclosure
from throughcare.pathway.privacy.telling import Item, telling_of, weigh_items
from throughcare.pathway.release.methods import ALL as METHODS
from throughcare.pathway.release.methods import Method
from throughcare.pathway.release.packet import prepare_telling
from throughcare.pathway.release.paper import Paper, Wording, read_paper
from throughcare.records.disclosures import Disclosure

BASES = {
    "legal_order": "A court order that two people checked",
    "patient_request": "The patient's own request",
}
OTHER_CONSENT = (
    "Another consent allows this now than the one that was written on the paper. "
    "Put this one aside and prepare it again."
)


@dataclass(frozen=True)
class Review:
    """A packet before it leaves, or after: its row, its paper, and what stands against it now."""

    line: DisclosureLine
    paper: Paper | None
    method: Method | None
    against: tuple[str, ...]

    @property
    def allowed_by(self) -> str:
        """What allowed it without a consent, in words."""
        way = WITHOUT_CONSENT.get(self.line.basis)
        return way.words if way else BASES.get(self.line.basis, self.line.basis)

    @property
    def waits(self) -> bool:
        """Whether it neither left nor was withheld."""
        return self.line.sent_at is None and self.line.withheld_at is None


def review_packet(disclosure: UUID, *, by: Actor, at: datetime) -> Review:
    """The packet with its paper; while it waits, weighed as of now."""
    line, document = open_disclosure(disclosure, by=by, at=at)
    against: tuple[str, ...] = ()
    if line.sent_at is None and line.withheld_at is None:
        weighed = _weigh(_row(disclosure, by=by), at=at)
        against = tuple(f"{item.title}: {verdict.because}" for item, verdict in weighed if not verdict)
    return Review(line, read_paper(document), METHODS.get(line.method), against)


def send_packet(disclosure: UUID, *, by: Actor, at: datetime) -> None:
    """Mark a packet as sent, or raise `Cannot` with why nothing may leave.

    A packet leaves once. A second try is refused, because each leaving is a row of its own in the accounting: who needs
    the same again prepares it again (`prepare_again`), and all of it is weighed anew.
    """
    with transaction.atomic():
        row = _row(disclosure, by=by)
        if row.method != "spoken" and read_paper(row.document) is None:
            raise Cannot("There is no paper to send. Put this aside and prepare it through the lens.")
        hold_consents(row.patient_id)
        weighed = _weigh(row, at=at)
        if all(verdict for _, verdict in weighed) and not _is_same_consent(row, weighed):
            raise Cannot(OTHER_CONSENT)
        verdict = send_disclosure(disclosure, by=by, at=at)
    if not verdict:
        raise Cannot(f"Nothing was sent, and it is withheld for good. {verdict.because}")


def prepare_again(disclosure: UUID, *, by: Actor, at: datetime) -> UUID:
    """The same items for the same recipient once more, as a new row, weighed anew."""
    line, document = open_disclosure(disclosure, by=by, at=at)
    paper = read_paper(document)
    if paper is None:
        raise Cannot("This one left without a paper. Prepare a new one through the lens.")
    if line.sent_at is None and line.withheld_at is None:
        raise Cannot("This one still waits. Send it, or put it aside first.")
    telling = telling_of(_row(disclosure, by=by))
    return prepare_telling(
        line.patient, telling, Wording(paper.title, paper.contact, paper.letter), by=by, at=at
    )


def _row(disclosure: UUID, *, by: Actor) -> Disclosure:
    rows = Disclosure.objects.select_related(
        "patient", "consent", "recipient", "related_person", "legal_request", "emergency"
    )
    row = rows.filter(organization_id=by.organization, uid=disclosure).first()
    if row is None:
        raise Absent("disclosure")
    return row


def _weigh(row: Disclosure, *, at: datetime) -> list[tuple[Item, Weighed]]:
    return weigh_items(row.patient_id, telling_of(row), at=at)


def _is_same_consent(row: Disclosure, weighed: list[tuple[Item, Weighed]]) -> bool:
    """Whether what allows it now is what its paper explains; the book names the first of several."""
    used = sorted({verdict.consent for _, verdict in weighed if verdict.consent})
    return (used[0] if used else "") == (str(row.consent.uid) if row.consent else "")
