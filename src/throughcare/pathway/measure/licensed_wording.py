"""Wording that an organization entered from a copy it is licensed to use; none of it comes with the program."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.questionnaires.library import CannotFind, find
from throughcare.knowledge.questionnaires.paging import may_answer_alone
from throughcare.knowledge.questionnaires.questionnaire import Questionnaire
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.prepared import prepared
from throughcare.pathway.rows import only_row
from throughcare.records.measures import LicensedWording

LONGEST = 1000


@dataclass(frozen=True)
class Wording:
    """An instrument's wording by item number, whose license it is, and since when it is used; empty: none entered."""

    code: str
    title: str
    items: tuple[tuple[str, str, str], ...]  # number, our label, wording
    license_note: str
    since: datetime | None


@transaction.atomic
def enter_wording(code: str, words: Mapping[str, str], *, license_note: str, by: Actor, at: datetime) -> None:
    """Enter the wording of every item from the organization's own copy; what was entered before is retired.

    Empty words take it out again. Raises `Cannot`.
    """
    if not by.holds("admin", "director", "program"):
        raise Cannot("Only an administrator or the clinical director may enter wording.")
    questionnaire = _find(code)
    if questionnaire.licence.text_may_ship:
        raise Cannot("The wording of this questionnaire comes with the program.")
    kept = {number: text.strip() for number, text in words.items() if text.strip()}
    standing = LicensedWording.objects.filter(
        organization_id=by.organization, code=code, retired_at__isnull=True
    )
    if kept:
        missing = [str(item.number) for item in questionnaire.items if str(item.number) not in kept]
        if missing:
            raise Cannot(f"Enter the wording of item {missing[0]} too.", field=f"item_{missing[0]}")
        if not license_note.strip():
            raise Cannot("Say who licensed the wording to you, and since when.", field="license_note")
    standing.update(retired_at=at)
    if kept:
        LicensedWording.objects.create(
            organization_id=by.organization,
            code=code,
            wording={number: text[:LONGEST] for number, text in kept.items()},
            license_note=license_note.strip(),
            recorded_by_id=by.account,
            recorded_at=at,
        )


def wording_of(code: str, *, by: Actor) -> Wording:
    """The wording that was entered of one instrument, beside our labels."""
    questionnaire = _find(code)
    row = only_row(_standing(by.organization, code))
    words = row.wording if row else {}
    return Wording(
        code,
        questionnaire.title,
        tuple(
            (str(item.number), item.label, words.get(str(item.number), "")) for item in questionnaire.items
        ),
        row.license_note if row else "",
        row.recorded_at if row else None,
    )


def own_wording(organization: int, code: str) -> Mapping[str, str]:
    """By item number the wording that an organization (key) entered; empty when it entered none."""
    if find(code).licence.text_may_ship:
        return {}
    row = only_row(_standing(organization, code))
    return row.wording if row else {}


def worded(organization: int, codes: Collection[str]) -> frozenset[str]:
    """Of these instruments those whose wording an organization (key) entered."""
    rows = LicensedWording.objects.filter(
        organization_id=organization, code__in=codes, retired_at__isnull=True
    )
    return frozenset(rows.values_list("code", flat=True))


def may_ask_alone(organization: int, code: str) -> bool:
    """Whether a person may answer this questionnaire by themself here."""
    return may_answer_alone(find(code), own_wording(organization, code))


@prepared
def _standing(organization: int, code: str) -> QuerySet[LicensedWording]:
    return LicensedWording.objects.filter(organization_id=organization, code=code, retired_at__isnull=True)


def _find(code: str) -> Questionnaire:
    try:
        return find(code)
    except CannotFind:
        raise Absent("questionnaire") from None
