"""The same person twice: who looks alike, told apart or merged by a person, never by the program."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from throughcare.knowledge.referring.likeness import Identity, Likeness, birth_dates_like, likeness
from throughcare.knowledge.verdict import Allowed, Refused, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.people.moving import move_rows, put_back
from throughcare.pathway.people.people import (
    DETAIL_TITLES,
    PersonDetails,
    as_json,
    details_of,
    store_details,
)
from throughcare.pathway.people.search_keys import key_of_email, key_of_name, key_of_phone, phone_key
from throughcare.pathway.privacy import open_list, open_patient, sites_for
from throughcare.pathway.privacy.guards import hidden_from
from throughcare.pathway.privacy.standing import standing_of, standing_rows
from throughcare.records.episodes import Episode
from throughcare.records.people import NotTheSamePerson, Patient, PatientMerge, PatientSearchKey
from throughcare.records.timetables import KeptApart

MOST = 10


@dataclass(frozen=True)
class LookAlike:
    """Someone who may be the same person, how alike they are (0-100), and why."""

    uid: UUID
    number: int
    details: PersonDetails
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class DetailPair:
    """One detail of two people side by side."""

    name: str
    title: str
    one: Any
    other: Any
    differs: bool


@dataclass(frozen=True)
class SideBySide:
    """Two entries, field by field, and whether they may be merged."""

    one: LookAlike
    other: LookAlike
    details: tuple[DetailPair, ...]
    verdict: Verdict
    told_apart: bool


@dataclass(frozen=True)
class MergeView:
    """One merge of a person's record: who was absorbed, when, by whom."""

    uid: UUID
    absorbed_number: int
    absorbed_name: str
    merged_by: str
    merged_at: datetime


def likely_duplicates(patient: UUID, *, by: Actor, at: datetime) -> list[LookAlike]:
    """People who may be the same as this one, most alike first; those told apart are left out."""
    found = open_patient(patient, kind="identity", by=by, at=at)
    told = _told_apart_from(found)
    alike = _at_reach(look_alikes(details_of(found), by=by, but={found.pk, *told}), by=by, at=at)
    open_list("identity", [pk for pk, _ in alike], by=by, at=at)
    return [view for _, view in alike]


def likely_duplicates_of(details: PersonDetails, *, by: Actor, at: datetime) -> list[LookAlike]:
    """People who may be the one whose details are being typed, before anything is stored."""
    alike = _at_reach(look_alikes(details, by=by), by=by, at=at)
    open_list("identity", [pk for pk, _ in alike], by=by, at=at)
    return [view for _, view in alike]


def look_alikes(
    details: PersonDetails, *, by: Actor, but: Collection[int] = ()
) -> list[tuple[int, LookAlike]]:
    """Look-alikes with their keys, found by indexes on name, birth date, phone and e-mail. For pathway modules."""
    wanted = _identity(details)
    candidates = Patient.objects.filter(
        _shares_something(wanted, by.organization),
        organization_id=by.organization,
        absorbed_by__isnull=True,
    ).exclude(pk__in=list(but))
    weighed = [(other, likeness(wanted, _identity(details_of(other)))) for other in candidates[:500]]
    likely = sorted(
        ((other, alike) for other, alike in weighed if alike.likely),
        key=lambda pair: (-pair[1].score, pair[0].pk),
    )
    return [(other.pk, _view(other, alike)) for other, alike in likely[:MOST]]


def _at_reach(alike: list[tuple[int, LookAlike]], *, by: Actor, at: datetime) -> list[tuple[int, LookAlike]]:
    """Without the people of sites where `by` doesn't work, and without those guarded from them."""
    hidden = hidden_from([key for key, _ in alike], by=by, at=at)
    alike = [(key, view) for key, view in alike if key not in hidden]
    if sites_for("identity", by=by) is None:
        return alike
    rows = standing_rows(by=by, at=at).filter(pk__in=[key for key, _ in alike])
    near = {row.pk for row in rows if standing_of(row, by=by).relationship != "other_site"}
    return [(key, view) for key, view in alike if key in near]


def _shares_something(wanted: Identity, organization: int) -> Q:
    shared = {key_of_name(wanted.given_name, wanted.family_name, organization)}
    if wanted.phone:
        shared.add(key_of_phone(wanted.phone, organization))
    if wanted.email:
        shared.add(key_of_email(wanted.email, organization))
    alike = PatientSearchKey.objects.filter(key__in=shared, former=False).values("patient")
    if wanted.birth_date is None:
        return Q(pk__in=alike)
    return Q(pk__in=alike) | Q(birth_date__in=birth_dates_like(wanted.birth_date))


def _identity(details: PersonDetails) -> Identity:
    return Identity(
        given_name=details.given_name,
        family_name=details.family_name,
        preferred_name=details.preferred_name,
        birth_date=details.birth_date,
        phone=phone_key(details.phone),
        email=details.email.lower(),
    )


def _view(patient: Patient, alike: Likeness) -> LookAlike:
    return LookAlike(patient.uid, patient.number, details_of(patient), alike.score, alike.reasons)


def _told_apart_from(patient: Patient) -> set[int]:
    """Keys of those told apart from this person or from an entry merged into them."""
    ours = {patient.pk, *Patient.objects.filter(absorbed_by=patient).values_list("pk", flat=True)}
    pairs = NotTheSamePerson.objects.filter(Q(one__in=ours) | Q(other__in=ours)).values_list(
        "one", "other", "one__absorbed_by", "other__absorbed_by"
    )
    return {key for pair in pairs for key in pair if key is not None} - ours


def compare_people(one: UUID, other: UUID, *, by: Actor, at: datetime) -> SideBySide:
    """Two people field by field. Raises `Absent` for one and the same person."""
    first = open_patient(one, kind="identity", by=by, at=at)
    second = open_patient(other, kind="identity", by=by, at=at)
    if first.pk == second.pk:
        raise Absent("second person")
    a, b = details_of(first), details_of(second)
    alike = likeness(_identity(a), _identity(b))
    pairs = tuple(
        DetailPair(
            name,
            title,
            getattr(a, name),
            getattr(b, name),
            getattr(a, name) != getattr(b, name),
        )
        for name, title in DETAIL_TITLES.items()
    )
    told = second.pk in _told_apart_from(first)
    return SideBySide(_view(first, alike), _view(second, alike), pairs, may_merge(first, second), told)


def may_merge(kept: Patient, absorbed: Patient) -> Verdict:
    """Whether two entries may become one. Nobody is in the program twice, or kept apart from themself."""
    if Episode.objects.filter(patient__in=[kept, absorbed], ended_at__isnull=True).count() > 1:
        return Refused(
            "Both are in the program now. Discharge the one that was entered by mistake, then merge.",
            cite="one open episode per patient",
        )
    pair = Q(one=kept, other=absorbed) | Q(one=absorbed, other=kept)
    if KeptApart.objects.filter(pair).exists():
        return Refused(
            "These two are kept apart from each other, so they are two people. Look at that first."
        )
    return Allowed()


@transaction.atomic
def merge_people(kept: UUID, absorbed: UUID, *, take: Iterable[str] = (), by: Actor, at: datetime) -> UUID:
    """Make two entries one: rows of `absorbed` move to `kept`, which takes the details named in `take` from it.

    Raises `Cannot` with the reason when that would break a rule; then nothing is changed. Returns the merge's id.
    """
    keeper = open_patient(kept, kind="identity", verb="change", by=by, at=at)
    leaver = open_patient(absorbed, kind="identity", verb="change", by=by, at=at)
    if keeper.pk == leaver.pk:
        raise Cannot("These are one person's record already.")
    locked = {
        one.pk: one for one in Patient.objects.select_for_update().filter(pk__in=[keeper.pk, leaver.pk])
    }
    keeper, leaver = locked[keeper.pk], locked[leaver.pk]
    require(may_merge(keeper, leaver))
    before = details_of(keeper)
    after = replace(before, **{name: getattr(leaver, name) for name in _known(take)})
    store_details(keeper, after, by=by, at=at)
    moved = move_rows(leaver, to=keeper)
    leaver.absorbed_by = keeper
    leaver.save(update_fields=["absorbed_by"])
    return PatientMerge.objects.create(
        organization_id=by.organization,
        kept=keeper,
        absorbed=leaver,
        moved={"rows": moved, "before": as_json(before), "after": as_json(after)},
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def _known(names: Iterable[str]) -> list[str]:
    return [one.name for one in fields(PersonDetails) if one.name in set(names)]


@transaction.atomic
def undo_merge(merge: UUID, *, by: Actor, at: datetime) -> UUID:
    """Make two people of one record again: what moved goes back; details that nobody changed since are restored.

    Returns the public id of the one who had been absorbed.
    """
    found = (
        PatientMerge.objects.select_for_update().filter(organization_id=by.organization, uid=merge).first()
    )
    if found is None or found.undone_at is not None:
        raise Absent("merge")
    keeper = Patient.objects.select_for_update().get(pk=found.kept_id)
    open_patient(keeper.uid, kind="identity", verb="change", by=by, at=at)
    if keeper.absorbed_by_id is not None:
        raise Cannot("The kept record was merged into another one later. Undo that merge first.")
    leaver = Patient.objects.select_for_update().get(pk=found.absorbed_id)
    leaver.absorbed_by = None
    leaver.save(update_fields=["absorbed_by"])
    put_back(found.moved["rows"], leaver, taken_from=keeper)
    store_details(keeper, _restored(keeper, found), by=by, at=at)
    found.undone_at = at
    found.save(update_fields=["undone_at"])
    return leaver.uid


def _restored(keeper: Patient, merge: PatientMerge) -> PersonDetails:
    now = details_of(keeper)
    as_now = as_json(now)
    before, after = merge.moved["before"], merge.moved["after"]
    back = {
        name: before[name] for name in before if before[name] != after[name] and as_now[name] == after[name]
    }
    if back.get("birth_date"):
        back["birth_date"] = datetime.fromisoformat(back["birth_date"]).date()
    return replace(now, **back)


@transaction.atomic
def tell_apart(one: UUID, other: UUID, *, by: Actor, at: datetime) -> None:
    """Record that two look-alikes are two people; they are not shown as likely the same again."""
    people = [open_patient(uid, kind="identity", verb="change", by=by, at=at) for uid in (one, other)]
    first, second = sorted(people, key=lambda person: person.pk)
    if first.pk == second.pk:
        raise Cannot("These are one person's record already.")
    NotTheSamePerson.objects.get_or_create(
        one=first,
        other=second,
        defaults={"organization_id": by.organization, "recorded_by_id": by.account, "recorded_at": at},
    )


def merges_of(patient: UUID, *, by: Actor, at: datetime) -> list[MergeView]:
    """The merges into this person's record that still stand, newest first."""
    found = open_patient(patient, kind="identity", by=by, at=at)
    standing = found.merges.filter(undone_at__isnull=True).select_related("absorbed", "recorded_by")
    return [
        MergeView(
            uid=merge.uid,
            absorbed_number=merge.absorbed.number,
            absorbed_name=f"{merge.absorbed.given_name} {merge.absorbed.family_name}".strip(),
            merged_by=merge.recorded_by.name if merge.recorded_by else "The program",
            merged_at=merge.recorded_at,
        )
        for merge in standing.order_by("-pk")
    ]
