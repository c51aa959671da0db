"""The lens: what a recipient would see of a record, item by item with the reason, before anything is sent.

Looking discloses nothing. It leaves one row in the book of accesses, like every page about a patient.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART, MAY_LEAVE
from throughcare.knowledge.privacy.part2_statements import explanation_of
from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
from throughcare.knowledge.privacy.recipients import ALL as CLASSES
from throughcare.knowledge.privacy.weighing import Weighed
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy.consents_kept import consents_of
from throughcare.pathway.privacy.desk import open_patient
from throughcare.pathway.privacy.telling import Item, Telling, To, weigh_items
from throughcare.pathway.release.items import GATHERED, gather_items, kinds_seen, whose_record
from throughcare.pathway.release.orders import find_order, say_order
from throughcare.pathway.release.whose import Whose, titled

APART_ONLY = (
    "A consent of their own allows it. Only who wrote them can hand them over; no packet gathers them."
)
YOUR_ROLE = "Your role doesn't open these, so you can't send them. Someone who may open them can."


@dataclass(frozen=True)
class Seen:
    """One item with its verdict. `key` names exactly this item with these words; `because` is why not."""

    key: str
    item: Item
    goes: bool
    because: str
    consent: UUID | None
    statement: str

    @property
    def title(self) -> str:
        """What it is called, with its day."""
        return titled(self.item)


@dataclass(frozen=True)
class KindSeen:
    """One kind of record. `hidden`: the looker may not open it, and `goes` says only what the kind would do."""

    code: str
    words: str
    items: tuple[Seen, ...]
    hidden: bool
    goes: bool
    because: str
    consent: UUID | None

    @property
    def going(self) -> tuple[Seen, ...]:
        """The items that the recipient would see."""
        return tuple(one for one in self.items if one.goes)

    @property
    def staying(self) -> tuple[Seen, ...]:
        """The items that they would not."""
        return tuple(one for one in self.items if not one.goes)

    @property
    def is_seen(self) -> bool:
        """Whether some of it goes, or would if the looker were someone who may open it."""
        return bool(self.going) or (self.goes and self.hidden)

    @property
    def is_bare(self) -> bool:
        """Whether it may go and there is nothing of it."""
        return self.goes and not self.items and not self.hidden

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why what stays stays, each reason once."""
        found = [one.because for one in self.staying] if self.items else [self.because]
        return tuple(dict.fromkeys(found))

    @property
    def is_unseen(self) -> bool:
        """Whether some of it stays, or all of it would."""
        return bool(self.staying) or (not self.items and not self.goes)


@dataclass(frozen=True)
class ConsentSaid:
    """A consent that lets something go, in a few sentences."""

    uid: UUID
    words: str


@dataclass(frozen=True)
class Lens:
    """What one recipient would see for one purpose at one moment."""

    patient: UUID
    to: To
    purpose: str
    as_of: datetime
    time_zone: str
    kinds: tuple[KindSeen, ...]
    never: tuple[str, ...]
    consents: tuple[ConsentSaid, ...]
    order: str = ""
    legal_request: UUID | None = None

    @property
    def going(self) -> tuple[Seen, ...]:
        """Every item that the recipient would see."""
        return tuple(one for kind in self.kinds for one in kind.going)

    @property
    def staying(self) -> tuple[Seen, ...]:
        """Every item that they would not."""
        return tuple(one for kind in self.kinds for one in kind.staying)

    @property
    def bare(self) -> tuple[KindSeen, ...]:
        """The kinds that may go and of which there is nothing."""
        return tuple(kind for kind in self.kinds if kind.is_bare)

    @property
    def purpose_words(self) -> str:
        """The purpose in words."""
        return PURPOSES[self.purpose].words

    @property
    def class_words(self) -> str:
        """What the recipient is."""
        return CLASSES[self.to.recipient_class].words


def look_through(
    patient: UUID,
    to: To,
    purpose: str,
    *,
    as_of: datetime | None = None,
    legal_request: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Lens:
    """What `to` would see of the record for this purpose; `as_of` an earlier moment, as consents stood then."""
    moment = _moment(to, purpose, as_of, at=at)
    found = open_patient(patient, kind="disclosure", by=by, at=at)
    order = find_order(legal_request, found, by=by) if legal_request else None
    whose = whose_record(found, as_of=moment)
    seen = kinds_seen(found, by=by, at=at)
    items = gather_items(whose, seen, by=by, at=at)
    telling = Telling(to, purpose, "page", (), legal_request=legal_request)
    kinds = _weigh_kinds(whose, items, telling, day=(order.records_until if order else None) or whose.today)
    return Lens(
        patient=found.uid,
        to=to,
        purpose=purpose,
        as_of=moment,
        time_zone=whose.zone,
        kinds=kinds,
        never=tuple(one.words for one in KINDS.values() if one.code not in MAY_LEAVE and one.own),
        consents=_consents(found.pk, kinds, zone=whose.zone),
        order=say_order(order) if order else "",
        legal_request=legal_request,
    )


def _moment(to: To, purpose: str, as_of: datetime | None, *, at: datetime) -> datetime:
    if to.recipient_class not in CLASSES:
        raise Cannot("Choose who would receive it.", field="who")
    if purpose not in PURPOSES:
        raise Cannot("Choose what it is for.", field="purpose")
    if as_of is not None and as_of > at:
        raise Cannot("Choose today or a day before it: nobody knows yet what will stand then.", field="as_of")
    return as_of or at


def _weigh_kinds(
    whose: Whose, items: dict[str, tuple[Item, ...]], telling: Telling, *, day: date
) -> tuple[KindSeen, ...]:
    """Every item with its verdict, and beside it each kind as a whole, as if there were one of `day`; weighed once."""
    probes = [Item(kind, KINDS[kind].words, day) for kind in (*GATHERED, *sorted(APART))]
    every = (*probes, *(item for kind in items for item in items[kind]))
    weighed = weigh_items(whose.patient.pk, replace(telling, items=every), at=whose.as_of)
    seen = _seen(weighed[len(probes) :])
    return tuple(
        _kind(
            probe.kind,
            [one for one in seen if one.item.kind == probe.kind],
            verdict,
            is_open=probe.kind in items,
        )
        for probe, verdict in weighed[: len(probes)]
    )


def key_of(item: Item) -> str:
    """A short name for exactly this item with these words."""
    said = json.dumps(asdict(item), ensure_ascii=False, default=date.isoformat, sort_keys=True)
    return sha256(said.encode()).hexdigest()[:20]


def _seen(weighed: Iterable[tuple[Item, Weighed]]) -> list[Seen]:
    return [
        Seen(
            key_of(item),
            item,
            bool(verdict),
            verdict.because,
            UUID(verdict.consent) if verdict.consent else None,
            verdict.statement,
        )
        for item, verdict in weighed
    ]


def _kind(kind: str, items: list[Seen], verdict: Weighed, *, is_open: bool) -> KindSeen:
    because = verdict.because
    if verdict and not is_open:
        because = APART_ONLY if kind in APART else YOUR_ROLE
    return KindSeen(
        code=kind,
        words=KINDS[kind].words,
        items=tuple(items),
        hidden=not is_open,
        goes=bool(verdict),
        because=because,
        consent=UUID(verdict.consent) if verdict.consent else None,
    )


def _consents(patient: int, kinds: Iterable[KindSeen], *, zone: str) -> tuple[ConsentSaid, ...]:
    """The consents that let an item go, or a kind that the looker may not open."""
    used = {one.consent for kind in kinds for one in kind.going if one.consent}
    used |= {kind.consent for kind in kinds if kind.hidden and kind.consent}
    if not used:
        return ()
    return tuple(
        ConsentSaid(UUID(one.key), explanation_of(one, zone=zone))
        for one in consents_of(patient)
        if UUID(one.key) in used
    )
