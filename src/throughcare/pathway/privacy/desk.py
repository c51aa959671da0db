"""The privacy desk: the one gate to what is known about a person. Every read and write passes here.

Role, relationship, purpose, kind of record and, for family, the patient's consent: a verdict with its reason. Deny by
default; each answer is written in the book of accesses.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from throughcare.knowledge.privacy import desk_rule, may, roles_that
from throughcare.knowledge.privacy.desk_rule import GUARDED
from throughcare.knowledge.privacy.table import USUAL_PURPOSE
from throughcare.knowledge.privacy.weighing import Request, weigh
from throughcare.knowledge.roles import ALL as ROLES
from throughcare.knowledge.verdict import Allowed, Refused, Verdict
from throughcare.pathway.actor import Actor, Asked
from throughcare.pathway.cannot import Absent, BehindGlass, CannotSee, require
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy.book import note
from throughcare.pathway.privacy.consents_kept import consents_of, restrictions_of
from throughcare.pathway.privacy.looking_again import look_again
from throughcare.pathway.privacy.prepared import patient_with_standing
from throughcare.pathway.privacy.standing import Standing, standing_of, standing_rows
from throughcare.pathway.rows import only_row
from throughcare.records.consents import FamilyAccount
from throughcare.records.people import Patient

_Row = TypeVar("_Row", bound=Model)

TREATMENT = "treatment"
OPERATIONS = "operations"

# To whom the record is none of their business, it isn't there.
_STRANGERS = frozenset({"none", "other_site"})


def may_access(kind: str, *, by: Actor, verb: str = "see") -> Verdict:
    """The desk's verdict on a kind of record before any person is named: what greys a button, what opens a list."""
    if by.holds("program"):
        return Allowed()
    return may(verb, kind, roles=by.roles)


def may_access_as_author(kind: str, *, by: Actor, verb: str = "change") -> Verdict:
    """Whether `by` may write (or read) notes of this kind that are their own."""
    purpose = _usual_purpose(kind, verb, by.roles)
    return desk_rule(verb, kind, roles=by.roles, relationship="author", purpose=purpose)


def open_patient(
    patient: UUID | Patient,
    *,
    kind: str,
    by: Actor,
    at: datetime,
    verb: str = "see",
    purpose: str = "",
) -> Patient:
    """The patient's record, if `by` may see (or change) records of this kind; written in the book either way.

    Without a `purpose` it is the usual one of the role. Raises `Absent` for an unknown patient, another
    organization's, or one who is none of the actor's business; `CannotSee` with the reason.
    """
    found, standing = meet(patient, by=by, at=at)
    answer = ask(found, standing, kind=kind, verb=verb, purpose=purpose, by=by, at=at)
    if by.account is not None:
        note(answer.asked, by=by)
    if standing.relationship in _STRANGERS or (standing.relationship == "family" and not answer.verdict):
        raise Absent("patient")
    if isinstance(answer.verdict, Refused) and answer.verdict.cite == GUARDED:
        raise BehindGlass(answer.verdict.because, cite=GUARDED, patient=found.uid)
    require(answer.verdict, CannotSee)
    if verb == "change":
        look_again([found.pk], by=by, at=at)
    return found


def open_as_author(patient: UUID, *, kind: str, by: Actor, at: datetime, verb: str = "see") -> Patient:
    """The patient's record for the author of notes kept apart about them, and for nobody else.

    The caller shows only what `by` wrote. Raises `Absent` and `CannotSee` as `open_patient` does.
    """
    found, standing = meet(patient, by=by, at=at)
    if standing.relationship not in _STRANGERS:
        standing = replace(standing, relationship="author", glass_broken=False)
    answer = ask(found, standing, kind=kind, verb=verb, purpose="", by=by, at=at)
    note(answer.asked, by=by)
    if standing.relationship in _STRANGERS:
        raise Absent("patient")
    require(answer.verdict, CannotSee)
    return found


def meet(patient: UUID | Patient, *, by: Actor, at: datetime) -> tuple[Patient, Standing]:
    """The organization's patient and how `by` stands to them, nothing decided yet; asked once a page.

    A row in hand must be one of the organization's. Raises `Absent`.
    """
    uid = patient.uid if isinstance(patient, Patient) else patient
    met = by.page.met if by.page else {}
    known: Standing | None = met.get((by.account, uid))
    if known is not None:
        in_hand = patient if isinstance(patient, Patient) and not patient.absorbed_by_id else None
        return in_hand or find_patient(uid, by=by), known
    found = patient_with_standing(uid, by=by, at=at)
    if found is None:
        raise Absent("patient")
    if found.absorbed_by_id:  # one more query, and only for the few that were merged
        found = standing_rows(by=by, at=at).get(pk=found.absorbed_by_id)
    met[by.account, uid] = standing = standing_of(found, by=by)
    return found, standing


@dataclass(frozen=True)
class Answer:
    """The desk's verdict, with the line for the book."""

    verdict: Verdict
    asked: Asked


def ask(
    patient: Patient, standing: Standing, *, kind: str, verb: str, purpose: str, by: Actor, at: datetime
) -> Answer:
    """The rule's verdict; behind broken glass, for the emergency; for family, as the patient consented."""
    relationship, consent = standing.relationship, None
    purpose = purpose or _usual_purpose(kind, verb, standing.roles)
    verdict = _rule(kind, verb, purpose, relationship, standing, by)
    if not verdict and standing.glass_broken:
        relationship, purpose = "emergency", "emergency"
        verdict = _rule(kind, verb, purpose, relationship, standing, by)
    if verdict and relationship == "family":
        verdict, consent = _as_consented(patient, kind, by=by, at=at)
    asked = Asked(by.account, verb, kind, purpose, relationship, bool(verdict), consent, (patient.pk,), at)
    return Answer(verdict, asked)


def _rule(kind: str, verb: str, purpose: str, relationship: str, standing: Standing, by: Actor) -> Verdict:
    if by.holds("program"):
        return Allowed()
    return desk_rule(
        verb,
        kind,
        roles=standing.roles,
        relationship=relationship,
        purpose=purpose,
        guarded=standing.guarded,
    )


def _usual_purpose(kind: str, verb: str, roles: frozenset[str]) -> str:
    """What a page without a stated purpose is for: the usual purpose of the role that opens it."""
    if "program" in roles:
        return OPERATIONS
    able = roles & roles_that(verb, kind) if kind else roles
    return next((USUAL_PURPOSE[role] for role in ROLES if role in (able or roles)), TREATMENT)


def _as_consented(patient: Patient, kind: str, *, by: Actor, at: datetime) -> tuple[Verdict, UUID | None]:
    """What the patient lets this relation see; with several relations of one account, the first that allows it."""
    relations = FamilyAccount.objects.filter(
        Q(counts_from__isnull=True) | Q(counts_from__lte=at),
        related_person__patient=patient.pk,
        related_person__ended_at__isnull=True,
        account=by.account,
        ended_at__isnull=True,
    ).values_list("related_person__uid", flat=True)
    consents, restrictions = consents_of(patient.pk), restrictions_of(patient.pk)
    weighed = weigh(_family_request("", kind, at), consents, restrictions)
    for relation in relations:
        weighed = weigh(_family_request(str(relation), kind, at), consents, restrictions)
        if weighed:
            break
    return weighed.verdict, UUID(weighed.consent) if weighed.consent else None


def _family_request(relation: str, kind: str, at: datetime) -> Request:
    return Request(
        recipient=relation, recipient_class="family", purpose="family_involvement", kind=kind, at=at
    )


def find_patient(patient: UUID, *, by: Actor) -> Patient:
    """The organization's patient with this public id, or the one who took their place. Raises `Absent`.

    For pathway modules that have passed the desk already, or pass it next.
    """
    found = only_row(_patient(by.organization, patient))
    if found is None:
        raise Absent("patient")
    return found.absorbed_by or found


@prepared
def _patient(organization: int, patient: UUID) -> QuerySet[Patient]:
    return Patient.objects.filter(organization_id=organization, uid=patient)


def open_list(
    kind: str,
    patients: Sequence[int],
    *,
    by: Actor,
    at: datetime,
    verb: str = "see",
    purpose: str = "",
) -> None:
    """Let `by` see (or change) a page with these patients (keys); one row in the book names them all."""
    verdict = may_access(kind, by=by, verb=verb)
    if by.account is not None and (patients or not verdict):
        purpose = purpose or _usual_purpose(kind, verb, by.roles)
        note(Asked(by.account, verb, kind, purpose, "list", bool(verdict), None, tuple(patients), at), by=by)
    require(verdict, CannotSee)
    if verb == "change":
        look_again(patients, by=by, at=at)


def turn_away(patient: UUID | None, *, by: Actor, at: datetime) -> None:
    """Write in the book that someone came to a page that their roles don't open; of whom, if it names a patient."""
    found = Patient.objects.filter(organization_id=by.organization, uid=patient) if patient else ()
    keys = tuple(one.pk for one in found)
    note(Asked(by.account, "see", "", _usual_purpose("", "see", by.roles), "", False, None, keys, at), by=by)


def sites_for(kind: str, *, by: Actor, verb: str = "see") -> frozenset[int] | None:
    """The sites (keys) whose people may stand on a list for `by`; None for every site.

    Without a kind: the sites where any role is held, for what is no record of anyone (groups, sessions, rooms).
    """
    if by.holds("program") or not by.grants:
        return None
    able = roles_that(verb, kind) if kind else by.roles
    sites = [site for role, site in by.grants if role in able]
    return None if None in sites else frozenset(site for site in sites if site)


def at_sites(
    rows: QuerySet[_Row], kind: str, *, by: Actor, column: str = "site", verb: str = "see"
) -> QuerySet[_Row]:
    """Of these rows those at the sites where `by` may see (or change) records of this kind."""
    sites = sites_for(kind, by=by, verb=verb)
    return rows if sites is None else rows.filter(**{f"{column}__in": sites})


def begin_record(kind: str, patient: int, *, by: Actor, at: datetime) -> None:
    """Write in the book that `by` began this patient's (key) record; the caller asked `may_access` before."""
    purpose = _usual_purpose(kind, "change", by.roles)
    beginning = "program" if by.holds("program") else "beginning"
    note(Asked(by.account, "change", kind, purpose, beginning, True, None, (patient,), at), by=by)
