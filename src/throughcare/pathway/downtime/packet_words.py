"""The words that open an organization's packets: made by the program, changed by a person, never in a message."""

import secrets
from datetime import datetime

from django.db import transaction

from throughcare.pathway.actor import Actor, the_program
from throughcare.pathway.cannot import CannotSee
from throughcare.pathway.downtime.packet import people_in_packet
from throughcare.pathway.privacy import at_sites, open_list
from throughcare.records.downtimes import PacketWords
from throughcare.records.organizations import Site

# Nothing that is mistaken for another when it is copied from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LONG = 5, 4
KIND = "safety_plan"
OPENS = frozenset({"director", "clinician", "nurse"})


def words_in_force(organization: int, *, at: datetime) -> str:
    """The words that stand; the first are made when the first packet is."""
    row = PacketWords.objects.filter(organization=organization).order_by("-recorded_at", "-pk").first()
    return row.words if row else _make(the_program(organization), at=at)


@transaction.atomic
def change_words(*, by: Actor, at: datetime) -> str:
    """New words: the packets written from now on open with them, those on paper or copied before with the old ones."""
    if not by.holds("director"):
        raise CannotSee("The clinical director changes the words.")
    return _make(by, at=at)


def _make(by: Actor, *, at: datetime) -> str:
    groups = ("".join(secrets.choice(LETTERS) for _ in range(LONG)) for _ in range(GROUPS))
    row = PacketWords.objects.create(
        organization_id=by.organization, words="-".join(groups), recorded_by_id=by.account, recorded_at=at
    )
    return str(row.words)


def see_words(*, by: Actor, at: datetime) -> str:
    """The words for somebody who may open a packet; written in the book as what they open."""
    if not by.holds(*OPENS):
        raise CannotSee("Clinicians, nurses and the clinical director know the words.")
    sites = at_sites(Site.objects.filter(organization_id=by.organization), KIND, by=by, column="pk")
    people = sorted({key for site in sites for key in people_in_packet(site, at=at)})
    open_list(KIND, people, by=by, at=at)
    return words_in_force(by.organization, at=at)
