"""What would be told to whom: the items, the recipient, the way; and the verdict on each item."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.privacy.safe_ways import TRAVELS
from throughcare.knowledge.privacy.weighing import CourtOrder, Request, Weighed, weigh
from throughcare.knowledge.privacy.without_consent import ALL as WITHOUT_CONSENT
from throughcare.knowledge.privacy.without_consent import may_disclose_without_consent
from throughcare.knowledge.verdict import Allowed, Verdict
from throughcare.pathway.privacy.consents_kept import consents_of, restrictions_of
from throughcare.pathway.privacy.reaching import may_reach_patient
from throughcare.records.disclosures import Disclosure
from throughcare.records.legal_requests import LegalDecision, LegalRequest
from throughcare.records.people import RelatedPerson


@dataclass(frozen=True)
class Item:
    """One thing of a record that would leave: its kind, what it is called, the day it is from, and its words."""

    kind: str
    title: str
    day: date | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class To:
    """Who would receive it: someone in the address book, a relation, or (in an emergency) a name on the spot."""

    recipient_class: str
    name: str
    recipient: UUID | None = None
    related_person: UUID | None = None
    affiliation: str = ""

    @property
    def key(self) -> str:
        """The id that consents name."""
        return str(self.recipient or self.related_person or "")


@dataclass(frozen=True)
class Telling:
    """What would be told to whom, for what and how.

    `basis` is "consent" or one of the ways without it (`knowledge.privacy.without_consent`); `facts` are what that
    way must have on record. `legal_request` is the paper that asked, if one did.
    """

    to: To
    purpose: str
    method: str
    items: tuple[Item, ...]
    document: str = ""
    basis: str = "consent"
    facts: Mapping[str, str] = field(default_factory=dict)
    legal_request: UUID | None = None
    emergency: UUID | None = None


def weigh_items(patient: int, telling: Telling, *, at: datetime) -> list[tuple[Item, Weighed]]:
    """Each item with its verdict, as the patient's (key) consents stand: what the lens shows. Five queries."""
    home = _way_home(patient, telling)
    if not home:
        return [(item, Weighed(home)) for item in telling.items]
    if telling.basis in WITHOUT_CONSENT:
        return [(item, _without_consent(item, telling)) for item in telling.items]
    consents, restrictions = consents_of(patient), restrictions_of(patient)
    order = court_order_of(telling.legal_request, patient)
    found = []
    for item in telling.items:
        request = Request(
            recipient=telling.to.key,
            recipient_class=telling.to.recipient_class,
            purpose=telling.purpose,
            kind=item.kind,
            at=at,
            in_proceedings=telling.legal_request is not None,
            court_order=order,
            records_from=item.day,
            records_until=item.day,
        )
        found.append((item, weigh(request, consents, restrictions)))
    return found


def _way_home(patient: int, telling: Telling) -> Verdict:
    """Whether what travels to where the patient lives may go there: they may have said that it isn't safe."""
    way = TRAVELS.get(telling.method, "")
    if not way:
        return Allowed()
    related = telling.to.related_person
    lives_there = related and RelatedPerson.objects.filter(uid=related, lives_with=True).exists()
    if telling.to.recipient_class != "patient" and not lives_there:
        return Allowed()
    return may_reach_patient(patient, way)


def _without_consent(item: Item, telling: Telling) -> Weighed:
    known = [code for code, answer in telling.facts.items() if answer.strip()]
    second = bool(telling.facts.get("second_person"))
    verdict = may_disclose_without_consent(telling.basis, kind=item.kind, known=known, second_person=second)
    return Weighed(verdict, statement="consent")


def court_order_of(request: UUID | None, patient: int) -> CourtOrder | None:
    """The order about this patient (key) that two people let records go for; None for any other paper."""
    found = LegalRequest.objects.filter(uid=request, patient=patient).first() if request else None
    if found is None or not found.kind.startswith("court_order"):
        return None
    if found.records_from is None or found.records_until is None:
        return None
    yes = LegalDecision.objects.filter(request=found, answer="release").values("account").distinct().count()
    no = LegalDecision.objects.filter(request=found, answer="refuse").exists()
    return CourtOrder(
        kinds=frozenset(found.kinds),
        records_from=found.records_from,
        records_until=found.records_until,
        second_person=yes >= 2 and not no,
    )


def kept_items(items: tuple[Item, ...]) -> str:
    """The items as the book keeps them."""
    return json.dumps([asdict(item) for item in items], ensure_ascii=False, default=date.isoformat)


def items_of(row: Disclosure) -> tuple[Item, ...]:
    """The items that a row of the book names."""
    return tuple(
        Item(
            kind=one["kind"],
            title=one["title"],
            day=date.fromisoformat(one["day"]) if one["day"] else None,
            lines=tuple(one["lines"]),
        )
        for one in json.loads(row.items or "[]")
    )


def telling_of(row: Disclosure) -> Telling:
    """A row of the book as what it would tell."""
    return Telling(
        to=To(
            recipient_class=row.recipient_class,
            name=row.recipient_name,
            recipient=row.recipient.uid if row.recipient else None,
            related_person=row.related_person.uid if row.related_person else None,
            affiliation=row.recipient_affiliation,
        ),
        purpose=row.purpose,
        method=row.method,
        items=items_of(row),
        document=row.document,
        basis=row.basis,
        facts=row.facts,
        legal_request=row.legal_request.uid if row.legal_request else None,
        emergency=row.emergency.uid if row.emergency else None,
    )
