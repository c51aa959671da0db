"""The last look at a packet, and its leaving: marked as sent first, and only then anything goes out."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART
from throughcare.knowledge.privacy.weighing import Weighed
from throughcare.knowledge.privacy.without_consent import ALL as WITHOUT_CONSENT
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.privacy.consents_kept import hold_consents
from throughcare.pathway.privacy.desk import open_as_author, open_patient
from throughcare.pathway.privacy.disclosure import send_disclosure
from throughcare.pathway.privacy.disclosure_book import DisclosureLine, open_disclosure
from throughcare.pathway.privacy.telling import Item, telling_of, weigh_items
from throughcare.pathway.release.items import kinds_seen
from throughcare.pathway.release.methods import ALL as METHODS
from throughcare.pathway.release.methods import Method
from throughcare.pathway.release.packet import prepare_telling
from throughcare.pathway.release.paper import Paper, Wording, read_paper
from throughcare.records.disclosures import Disclosure

BASES = {
    "legal_order": "A court order that two people checked",
    "patient_request": "The patient's own request",
}
NOT_YOURS = "There are records in it that your role doesn't open. Someone who may open them can send it."
OTHER_CONSENT = (
    "Another consent allows this now than the one that was written on the paper. "
    "Put this one aside and prepare it again."
)


@dataclass(frozen=True)
class Review:
    """A packet before it leaves, or after: its row, its paper, and what stands against it now.

    `closed` are the kinds in it that the reader's role doesn't open: their words are left out of `line` and `paper`.
    """

    line: DisclosureLine
    paper: Paper | None
    method: Method | None
    against: tuple[str, ...]
    closed: tuple[str, ...] = ()

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
    """The packet with as much of its paper as the reader may open; while it waits, weighed as of now."""
    line, document = open_disclosure(disclosure, by=by, at=at)
    row = _row(disclosure, by=by)
    against: tuple[str, ...] = ()
    if line.state == "waits":
        refused = [(item, verdict.because) for item, verdict in _weigh(row, at=at) if not verdict]
        against = tuple(f"{KINDS[item.kind].words.capitalize()}: {because}" for item, because in refused)
    closed = _closed_to(row, by=by, at=at)
    for kind in dict.fromkeys(item.kind for item in line.items if item.kind not in closed):
        if kind in APART:
            open_as_author(row.patient.uid, kind=kind, by=by, at=at)
        else:
            open_patient(row.patient, kind=kind, by=by, at=at)
    line = replace(line, items=tuple(item for item in line.items if item.kind not in closed))
    paper = read_paper(document)
    if paper is not None and closed:
        paper = paper.without([KINDS[kind].words.capitalize() for kind in closed])
    words = tuple(KINDS[kind].words for kind in KINDS if kind in closed)
    return Review(line, paper, METHODS.get(line.method), tuple(dict.fromkeys(against)), words)


def _closed_to(row: Disclosure, *, by: Actor, at: datetime) -> frozenset[str]:
    """The kinds in a row that the actor may not open; notes kept apart are open to their author, who prepared it."""
    own = APART if by.account is not None and row.recorded_by_id == by.account else frozenset()
    return frozenset(row.kinds) - kinds_seen(row.patient, by=by, at=at) - own


def send_packet(disclosure: UUID, *, by: Actor, at: datetime) -> None:
    """Mark a packet as sent, or raise `Cannot` with why nothing may leave.

    A packet leaves once. A second try is refused, because each leaving is a row of its own in the accounting: who needs
    the same again prepares it again (`prepare_again`), and all of it is weighed anew.
    """
    with transaction.atomic():
        row = _row(disclosure, by=by)
        if _closed_to(row, by=by, at=at):
            raise CannotSee(NOT_YOURS)
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
    row = _row(disclosure, by=by)
    if _closed_to(row, by=by, at=at):
        raise CannotSee(NOT_YOURS)
    telling = telling_of(row)
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
