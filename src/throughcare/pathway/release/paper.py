"""The paper of a packet: letterhead, items, and what the law wants beside them. Without that no paper is made."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.part2_statements import explanation_of, statement_text
from throughcare.knowledge.privacy.weighing import Weighed
from throughcare.knowledge.privacy.without_consent import ALL as WITHOUT_CONSENT
from throughcare.pathway.privacy.consent import site_of
from throughcare.pathway.privacy.consents_kept import consents_of
from throughcare.pathway.privacy.telling import Item, Telling
from throughcare.pathway.release.orders import say_order
from throughcare.pathway.release.whose import say_date
from throughcare.records.consents import Consent
from throughcare.records.legal_requests import LegalRequest
from throughcare.records.organizations import Organization
from throughcare.records.people import Patient

NOT_OPEN = "Your role doesn't open what this letter says."


@dataclass(frozen=True)
class Heading:
    """Whose paper it is: the program's name, the name that says nothing of care, where it is and its phone."""

    organization: str
    neutral_name: str
    site: str
    address: str
    phone: str


@dataclass(frozen=True)
class Part:
    """One item on paper."""

    title: str
    day: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """The items of one kind."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Copy:
    """The consent as it was signed: its title, its words, and who signed when."""

    title: str
    paragraphs: tuple[str, ...]
    signed: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """Everything that leaves, in words. `letter` is empty for a packet; `statement` is the one of 42 CFR 2.32."""

    title: str
    heading: Heading
    written: str
    to: str
    affiliation: str
    contact: str
    about: str
    born: str
    sections: tuple[Section, ...] = ()
    letter: tuple[str, ...] = ()
    statement: str = ""
    explanations: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()
    wants: str = field(default="")

    def __post_init__(self) -> None:
        if self.wants and not (self.statement and self.explanations):
            raise ValueError("a paper leaves only with the statement and the explanation of what allows it")

    @property
    def is_letter(self) -> bool:
        """Whether it is a letter, with the least words."""
        return bool(self.letter)

    def without(self, titles: Collection[str]) -> "Paper":
        """The paper for someone who may not open these kinds; a letter is one kind, and then says nothing."""
        sections = tuple(one for one in self.sections if one.title not in titles)
        return replace(self, sections=sections, letter=(NOT_OPEN,) if self.letter else ())

    def as_json(self) -> dict[str, Any]:
        """The paper as it is kept and as it is set in type."""
        return asdict(self)

    def as_text(self) -> str:
        """The paper as the disclosure book keeps it."""
        return json.dumps(self.as_json(), ensure_ascii=False)


@dataclass(frozen=True)
class Wording:
    """What a caller says of a paper: its title, where the recipient is reached, and a letter's own sentences."""

    title: str
    contact: str = ""
    letter: tuple[str, ...] = ()


def write_paper(
    patient: Patient,
    telling: Telling,
    weighed: Sequence[tuple[Item, Weighed]],
    wording: Wording,
    *,
    order: LegalRequest | None,
    at: datetime,
) -> Paper:
    """The paper of what was weighed and may go, with what must go along."""
    site = site_of(patient)
    zone = site.time_zone if site else "UTC"
    wants = next((verdict.statement for _, verdict in weighed if verdict.statement), "")
    used = {verdict.consent for _, verdict in weighed if verdict.consent}
    named = f"{patient.given_name} {patient.family_name}".strip()
    is_letter = bool(wording.letter)
    born = patient.birth_date
    heading = _heading(patient)
    named_as = heading.neutral_name
    return Paper(
        title=wording.title,
        heading=heading,
        written=say_date(local_day(at, zone)),
        to=telling.to.name,
        affiliation=telling.to.affiliation,
        contact=wording.contact,
        about=named,
        born=say_date(born) if born and not is_letter else "",
        sections=() if is_letter else _sections(telling.items),
        letter=wording.letter,
        statement=statement_text(wants, short=is_letter),
        explanations=tuple(
            _explanations(patient, telling, used, order, zone=zone, discloser=named_as if is_letter else "")
        ),
        copies=() if is_letter else tuple(_copies(patient, used, zone=zone)),
        wants=wants,
    )


def _heading(patient: Patient) -> Heading:
    organization = Organization.objects.get(pk=patient.organization_id)
    site = site_of(patient)
    return Heading(
        organization.name,
        organization.neutral_name,
        site.name if site else "",
        site.address if site else "",
        (site.phone if site else "") or organization.phone,
    )


def _sections(items: Sequence[Item]) -> tuple[Section, ...]:
    """The items kind by kind, in the order of the table of kinds."""
    return tuple(
        Section(
            KINDS[kind].words.capitalize(),
            tuple(
                Part(one.title, say_date(one.day) if one.day else "", one.lines)
                for one in items
                if one.kind == kind
            ),
        )
        for kind in KINDS
        if any(one.kind == kind for one in items)
    )


def _explanations(
    patient: Patient,
    telling: Telling,
    used: set[str],
    order: LegalRequest | None,
    *,
    zone: str,
    discloser: str,
) -> Iterable[str]:
    """In clear words, what allows it: each consent, the court's order, or the way without consent.

    A letter names the program as its head does: by `discloser`, the name that says nothing of care.
    """
    if order is not None and not used:
        yield say_order(order)
    if telling.basis in WITHOUT_CONSENT:
        way = WITHOUT_CONSENT[telling.basis]
        yield f"Released without consent as the law allows: {way.words.lower()} ({way.cite})."
    for one in consents_of(patient.pk):
        if one.key in used:
            said = replace(one, discloser=discloser) if discloser else one
            yield explanation_of(said, zone=zone)


def _copies(patient: Patient, used: set[str], *, zone: str) -> Iterable[Copy]:
    """Each consent word by word, with its signatures."""
    rows = Consent.objects.filter(patient=patient, uid__in=[UUID(key) for key in used])
    for row in rows.prefetch_related("signatures").order_by("pk"):
        title, *words = [part.strip() for part in row.text.split("\n\n") if part.strip()] or [""]
        signed = [
            f"{one.signed_name} ({one.party}), {say_date(local_day(one.signed_at, zone))}"
            for one in sorted(row.signatures.all(), key=lambda signature: signature.pk)
        ]
        yield Copy(title, tuple(words), tuple(signed))


def read_paper(kept: str) -> Paper | None:
    """A paper that the book keeps; None for a telling that left without one, or whose words are of another form."""
    try:
        found = json.loads(kept)
    except ValueError:
        return None
    if not isinstance(found, dict) or "heading" not in found:
        return None
    sections = tuple(
        Section(one["title"], tuple(Part(p["title"], p["day"], tuple(p["lines"])) for p in one["parts"]))
        for one in found["sections"]
    )
    copies = tuple(
        Copy(one["title"], tuple(one["paragraphs"]), tuple(one["signed"])) for one in found["copies"]
    )
    read = {**found, "heading": Heading(**found["heading"]), "sections": sections, "copies": copies}
    return Paper(**{**read, "letter": tuple(found["letter"]), "explanations": tuple(found["explanations"])})
