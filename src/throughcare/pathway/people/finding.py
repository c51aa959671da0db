"""Finding people by name, number, date of birth or phone."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from throughcare.knowledge.referring.likeness import name_key
from throughcare.knowledge.roles import TREATING
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import CannotSee, require
from throughcare.pathway.people.former_names import found_by_former_name
from throughcare.pathway.people.search_keys import (
    PHONE_ENDS,
    key_of_email,
    key_of_phone,
    key_of_start,
    key_of_word,
    phone_key,
    words_of,
)
from throughcare.pathway.privacy import may_access, open_list, sites_for
from throughcare.pathway.privacy.guards import HIDDEN, hidden_from
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient, PatientSearchKey
from throughcare.records.referrals import Referral

MOST = 20
# A few letters may begin the names of thousands, and sorting them means opening them: so many are opened.
LOOKED_AT = 200
_DATES = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), (0, 1, 2)),
    (re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"), (2, 0, 1)),
)


@dataclass(frozen=True)
class FoundPerson:
    """One hit of a search. `referral` is their newest; `in_program` whether they were ever admitted.

    `formerly` is the name that they were found by, when they bear it no longer.
    """

    uid: UUID
    number: int
    name: str
    preferred_name: str
    birth_date: date | None
    phone: str
    referral: UUID | None
    in_program: bool
    formerly: str = ""
    guarded: bool = False


def find_people(text: str, *, by: Actor, at: datetime) -> list[FoundPerson]:
    """At most 20 people of the organization who match; entries that were merged lead to the one that was kept."""
    require(may_access("identity", by=by), CannotSee)
    query = " ".join(text.replace("\x00", "").split())[:200]
    if not query:
        return []
    hits = _matching(query, by)
    kept = Patient.objects.filter(organization_id=by.organization, absorbed_by__isnull=True).filter(
        Q(pk__in=hits.filter(absorbed_by__isnull=True).values("pk"))
        | Q(pk__in=hits.filter(absorbed_by__isnull=False).values("absorbed_by"))
    )
    sites = sites_for("identity", by=by)
    if sites is not None:
        there = Referral.objects.filter(patient=OuterRef("pk"), site__in=sites)
        treated = Episode.objects.filter(patient=OuterRef("pk"), site__in=sites)
        kept = kept.filter(Exists(there) | Exists(treated))
    admitted = Exists(Episode.objects.filter(patient=OuterRef("pk")))
    exact = Exists(PatientSearchKey.objects.filter(patient=OuterRef("pk"), key__in=_exact_keys(query, by)))
    nearest = kept.annotate(in_program=admitted, exact=exact).order_by("-exact", "-number")[:LOOKED_AT]
    people = sorted(nearest, key=_sorting)[:MOST]
    newest = dict(
        Referral.objects.filter(patient__in=people)
        .order_by("received_at", "pk")
        .values_list("patient_id", "uid")
    )
    hidden = hidden_from([person.pk for person in people], by=by, at=at)
    if not by.holds(*TREATING):  # who may not open it in an emergency learns nothing of it
        people = [person for person in people if person.pk not in hidden]
    open_list("identity", [person.pk for person in people], by=by, at=at)
    former = found_by_former_name(people, query, organization=by.organization)
    return [
        _guarded(person)
        if person.pk in hidden
        else _found(person, newest.get(person.pk), former.get(person.pk, ""))
        for person in people
    ]


def _sorting(person: Patient) -> tuple[bool, str, int]:
    exact = bool(person.exact)  # type: ignore[attr-defined]  # annotated by the caller
    return not exact, name_key(person.given_name, person.family_name), person.pk


def _found(person: Patient, referral: UUID | None, formerly: str) -> FoundPerson:
    return FoundPerson(
        uid=person.uid,
        number=person.number,
        name=f"{person.given_name} {person.family_name}".strip(),
        preferred_name=person.preferred_name,
        birth_date=person.birth_date,
        phone=person.phone,
        referral=referral,
        in_program=bool(person.in_program),  # type: ignore[attr-defined]  # annotated above
        formerly=formerly,
    )


def _guarded(person: Patient) -> FoundPerson:
    """A hit that says no more than that there is one."""
    return FoundPerson(person.uid, person.number, HIDDEN, "", None, "", None, False, guarded=True)


def _matching(query: str, by: Actor) -> QuerySet[Patient]:
    everyone = Patient.objects.filter(organization_id=by.organization)
    day = _as_date(query)
    if day is not None:
        return everyone.filter(birth_date=day)
    figures = "".join(char for char in query if char in "0123456789")
    if figures and not any(char.isalpha() for char in query):
        if len(figures) >= 10:
            return everyone.filter(_has(key_of_phone(phone_key(query), by.organization)))
        number = Q(number=int(figures))
        if len(figures) in PHONE_ENDS:
            number |= _has(key_of_phone(figures, by.organization))
        return everyone.filter(number)
    if "@" in query:
        return everyone.filter(_has(key_of_email(query, by.organization)))
    found = everyone
    for word in words_of(query):
        found = found.filter(_has(key_of_start(word, by.organization)))
    return found


def _has(key: int) -> Q:
    return Q(pk__in=PatientSearchKey.objects.filter(key=key).values("patient"))


def _exact_keys(query: str, by: Actor) -> list[int]:
    """Whose name has one of the words whole comes before the others: who is called Li, before every Lincoln."""
    return [key_of_word(word, by.organization) for word in words_of(query)]


def _as_date(query: str) -> date | None:
    for pattern, order in _DATES:
        match = pattern.fullmatch(query)
        if match:
            parts = [int(match.groups()[place]) for place in order]
            try:
                return date(*parts)
            except ValueError:
                return None
    return None
