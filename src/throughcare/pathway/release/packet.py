"""Packets: what was ticked in the lens, written down with all that must go along, then sent or withheld."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy.desk import open_patient
from throughcare.pathway.privacy.disclosure import prepare_disclosure
from throughcare.pathway.privacy.telling import Telling, To, weigh_items
from throughcare.pathway.release.lens import look_through
from throughcare.pathway.release.methods import ALL as METHODS
from throughcare.pathway.release.orders import find_order
from throughcare.pathway.release.paper import Wording, write_paper

CHANGED = "The record has changed since you looked. Look through the lens again, then prepare the packet."
PACKET = "Records released"


@dataclass(frozen=True)
class Wish:
    """What is to leave, to whom, for what and how. `keys` name the items as the lens showed them."""

    to: To
    purpose: str
    method: str
    keys: frozenset[str]
    contact: str = ""
    legal_request: UUID | None = None


@transaction.atomic
def prepare_packet(patient: UUID, wish: Wish, *, by: Actor, at: datetime) -> UUID:
    """Prepare the items that were chosen in the lens. Raises `Cannot` for what may not go or is no longer the same."""
    if not wish.keys:
        raise Cannot("Tick what is to be sent.", field="items")
    open_patient(patient, kind="disclosure", verb="change", by=by, at=at)
    lens = look_through(patient, wish.to, wish.purpose, legal_request=wish.legal_request, by=by, at=at)
    chosen = [one for kind in lens.kinds for one in kind.items if one.key in wish.keys]
    if {one.key for one in chosen} != wish.keys:
        raise Cannot(CHANGED, field="items")
    telling = Telling(
        wish.to,
        wish.purpose,
        wish.method,
        tuple(one.item for one in chosen),
        basis=_basis(wish),
        legal_request=wish.legal_request,
    )
    return prepare_telling(patient, telling, Wording(PACKET, wish.contact), by=by, at=at)


def _basis(wish: Wish) -> str:
    if wish.to.recipient_class == "patient":
        return "patient_request"
    return "legal_order" if wish.legal_request else "consent"


def prepare_telling(patient: UUID, telling: Telling, wording: Wording, *, by: Actor, at: datetime) -> UUID:
    """Prepare items with their paper: the statement and what explains the consent are on it, or there is none."""
    if telling.method not in METHODS:
        raise Cannot("Choose how it leaves.", field="method")
    if not telling.to.name.strip():
        raise Cannot("Name who receives it.", field="name")
    found = open_patient(patient, kind="disclosure", verb="change", by=by, at=at)
    order = find_order(telling.legal_request, found, by=by) if telling.legal_request else None
    weighed = weigh_items(found.pk, telling, at=at)
    for item, verdict in weighed:
        if not verdict:
            raise Cannot(f"{item.title}: {verdict.because}", field="items")
    paper = write_paper(found, telling, weighed, wording, order=order, at=at)
    return prepare_disclosure(patient, replace(telling, document=paper.as_text()), by=by, at=at)
