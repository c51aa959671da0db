"""Unsafe at home: the ways by which a person asked not to be reached. Every channel asks here before it is used."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from throughcare.knowledge.privacy.safe_ways import ALL as WAYS
from throughcare.knowledge.privacy.safe_ways import may_reach
from throughcare.knowledge.verdict import Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy.consents_kept import hold_consents
from throughcare.pathway.privacy.desk import open_patient
from throughcare.records.among import Keys
from throughcare.records.consents import WaysShut
from throughcare.records.people import Patient


@dataclass(frozen=True)
class SafeWays:
    """What a person asked: the ways that stay unused, their words, and since when; None while nothing is asked."""

    patient: UUID
    name: str
    shut: tuple[str, ...]
    words: str
    since: datetime | None
    by_themself: bool

    @property
    def in_words(self) -> tuple[str, ...]:
        """The ways as staff call them."""
        return tuple(WAYS[code].words for code in WAYS if code in self.shut)


def ways_shut(patients: Collection[int]) -> dict[int, frozenset[str]]:
    """By which ways each of these people (keys) must not be reached; one query. For pathway modules past the desk."""
    found: dict[int, frozenset[str]] = defaultdict(frozenset)
    for patient, ways in _shut(Keys(patients)):
        found[patient] |= frozenset(ways)
    return found


@prepared
def _shut(patients: Keys) -> QuerySet[WaysShut, tuple[int, list[str]]]:
    rows = WaysShut.objects.filter(patient__among=patients, ended_at__isnull=True)
    return rows.values_list("patient", "ways")


def may_reach_patient(patient: int, way: str) -> Verdict:
    """The desk's verdict on one way to one person (key): the one rule that every channel obeys."""
    return may_reach(way, ways_shut([patient]).get(patient, frozenset()))


def safe_ways(patient: UUID, *, by: Actor, at: datetime) -> SafeWays:
    """What a person asked, for those who may open their consents, and for themselves."""
    found = open_patient(patient, kind="consent", by=by, at=at)
    rows = list(WaysShut.objects.filter(patient=found, ended_at__isnull=True).order_by("pk"))
    last = rows[-1] if rows else None
    return SafeWays(
        found.uid,
        found.called,
        tuple(code for code in WAYS if any(code in row.ways for row in rows)),
        last.text if last else "",
        last.recorded_at if last else None,
        last is not None and last.asked_by == "patient",
    )


@transaction.atomic
def ask_for_safe_ways(
    patient: UUID, ways: Collection[str], *, text: str = "", by: Actor, at: datetime
) -> None:
    """Record by which ways a person must not be reached, from now on; none opens all again. Nobody asks why.

    What is being sent at this moment waits for it: whatever comes after obeys.
    """
    if not set(ways) <= set(WAYS):
        raise Cannot(_("Choose from the list."), field="ways")
    held = Patient.objects.filter(organization_id=by.organization, uid=patient).values_list("pk", flat=True)
    for key in held:
        hold_consents(key)
    found = open_patient(patient, kind="consent", verb="change", by=by, at=at)
    standing = WaysShut.objects.filter(patient=found, ended_at__isnull=True)
    before = {way for row in standing for way in row.ways}
    if before == set(ways) and all(row.text == text.strip() for row in standing):
        return
    standing.update(ended_at=at)
    if ways:
        WaysShut.objects.create(
            organization_id=by.organization,
            patient=found,
            ways=[code for code in WAYS if code in ways],
            text=text.strip(),
            asked_by="patient" if by.patient == found.pk else "staff",
            recorded_by_id=by.account,
            recorded_at=at,
        )
