"""People who asked for help: their details, corrections that keep what was there before, and those near them."""

import re
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, ChangedMeanwhile
from throughcare.pathway.people.colleagues import guard_if_colleague
from throughcare.pathway.people.search_keys import add_search_keys, keep_search_keys
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import open_patient
from throughcare.records.organizations import Organization, Site
from throughcare.records.people import Patient, PatientRevision, RelatedPerson

OLDEST = 130
WISHES = ("voicemail", "text", "other_way")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


@dataclass(frozen=True)
class PersonDetails:
    """What is known of who a person is and how to reach them. One name is enough; `birth_date` None is not known.

    `contact_wishes`: `voicemail` and `text` (True: safe; absent: not asked), `other_way` in words.
    """

    given_name: str
    family_name: str = ""
    preferred_name: str = ""
    pronouns: str = ""
    birth_date: date | None = None
    sex: str = ""
    gender: str = ""
    language: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    no_fixed_address: bool = False
    contact_wishes: dict[str, Any] = field(default_factory=dict)


DETAIL_TITLES = {
    "given_name": "Given name",
    "family_name": "Family name",
    "preferred_name": "Called",
    "pronouns": "Pronouns",
    "birth_date": "Date of birth",
    "sex": "Sex",
    "gender": "Gender",
    "language": "Language",
    "phone": "Phone",
    "email": "E-mail",
    "address": "Address",
    "no_fixed_address": "No fixed address",
    "contact_wishes": "Wishes about contact",
}


@dataclass(frozen=True)
class PersonView:
    """A person's details as a page shows them; `version` counts corrections, for two who edit at once."""

    uid: UUID
    number: int
    details: PersonDetails
    version: int
    related: tuple["RelatedView", ...] = ()


@dataclass(frozen=True)
class RelatedView:
    """Someone in a patient's life."""

    uid: UUID
    name: str
    relationship: str
    phone: str
    lives_with: bool
    emergency_contact: bool
    note: str


@dataclass(frozen=True)
class NewRelatedPerson:
    """What is asked about someone in a patient's life."""

    name: str
    relationship: str
    phone: str = ""
    lives_with: bool = False
    emergency_contact: bool = False
    birth_year: int | None = None
    note: str = ""


def tidy_details(details: PersonDetails, *, today: date) -> PersonDetails:
    """The details without stray blanks. Raises `Cannot` naming the field that can't be so."""
    tidy: dict[str, Any] = asdict(details)
    for name, value in tidy.items():
        if isinstance(value, str):
            tidy[name] = _tidy_text(name, value)
    if not tidy["given_name"] and tidy["family_name"]:
        tidy["given_name"], tidy["family_name"] = tidy["family_name"], ""
    if not tidy["given_name"]:
        raise Cannot("Give a name, or what the person may be called.", field="given_name")
    _check_birth_date(details.birth_date, today=today)
    tidy["email"] = tidy["email"].lower()
    if tidy["email"] and not _EMAIL.fullmatch(tidy["email"]):
        raise Cannot("Write the e-mail address like name@example.org, or leave it empty.", field="email")
    tidy["contact_wishes"] = {
        key: details.contact_wishes[key] for key in WISHES if details.contact_wishes.get(key)
    }
    return PersonDetails(**tidy)


def _tidy_text(name: str, value: str) -> str:
    text = " ".join(value.split()) if name != "address" else value.strip()
    limit = getattr(Patient._meta.get_field(name), "max_length", None)
    title = DETAIL_TITLES[name]
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise Cannot(f"{title} holds a character that can't be stored. Type it again.", field=name)
    if limit is not None and len(text) > limit:
        raise Cannot(f"{title} may have {limit} characters; this has {len(text)}.", field=name)
    return text


def _check_birth_date(day: date | None, *, today: date) -> None:
    if day is None:
        return
    if day > today:
        raise Cannot("The date of birth lies in the future. Check the year.", field="birth_date")
    if day.year < today.year - OLDEST:
        raise Cannot(
            f"The date of birth is more than {OLDEST} years ago. Check the year.", field="birth_date"
        )


def add_person(details: PersonDetails, *, zone: str, by: Actor, at: datetime) -> Patient:
    """Enter a new person under the next number. For pathway modules, inside their transaction."""
    tidy = tidy_details(details, today=local_day(at, zone))
    # The organization's row is the lock under which numbers are given out.
    Organization.objects.select_for_update(no_key=True).get(pk=by.organization)
    last = next(iter(_last_number(by.organization)), 0)
    person = Patient.objects.create(
        organization_id=by.organization,
        number=last + 1,
        recorded_by_id=by.account,
        recorded_at=at,
        **asdict(tidy),
    )
    add_search_keys(person)
    guard_if_colleague(person, by=by, at=at)
    return person


@prepared
def _last_number(organization: int) -> QuerySet[Patient, int]:
    rows = Patient.objects.filter(organization_id=organization).order_by("-number")
    return rows.values_list("number", flat=True)[:1]


def details_of(patient: Patient) -> PersonDetails:
    """A patient's row as details."""
    return PersonDetails(**{one.name: getattr(patient, one.name) for one in fields(PersonDetails)})


def store_details(patient: Patient, details: PersonDetails, *, by: Actor, at: datetime) -> bool:
    """Write tidied details over a patient's row and keep what was there before; False when nothing changed."""
    before = details_of(patient)
    if before == details:
        return False
    PatientRevision.objects.create(
        organization_id=patient.organization_id,
        patient=patient,
        details=as_json(before),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    for name, value in asdict(details).items():
        setattr(patient, name, value)
    patient.save()
    keep_search_keys([patient])
    guard_if_colleague(patient, by=by, at=at)
    return True


def as_json(details: PersonDetails) -> dict[str, Any]:
    """Details with the date as text, for a JSON column."""
    born = details.birth_date
    return {**asdict(details), "birth_date": born.isoformat() if born else None}


def person_view(patient: UUID, *, by: Actor, at: datetime) -> PersonView:
    """A person's details and those near them; opens the record."""
    found = open_patient(patient, kind="identity", by=by, at=at)
    related = tuple(
        RelatedView(
            uid=one.uid,
            name=one.name,
            relationship=one.relationship,
            phone=one.phone,
            lives_with=one.lives_with,
            emergency_contact=one.emergency_contact,
            note=one.note,
        )
        for one in found.related_people.filter(ended_at__isnull=True).order_by("-emergency_contact", "pk")
    )
    return PersonView(found.uid, found.number, details_of(found), found.revisions.count(), related)


@transaction.atomic
def correct_details(
    patient: UUID, details: PersonDetails, *, by: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Correct a person's details. Raises `ChangedMeanwhile` when someone else did since `seen_version`."""
    opened = open_patient(patient, kind="identity", verb="change", by=by, at=at)
    found = Patient.objects.select_for_update(no_key=True).get(pk=opened.pk)
    newest = found.revisions.select_related("recorded_by").order_by("-pk").first()
    version = found.revisions.count()
    if seen_version is not None and version != seen_version:
        who = newest.recorded_by.name if newest and newest.recorded_by else "Someone"
        raise ChangedMeanwhile(
            f"{who} changed these details while you were writing. Look at what is there now, then change it again.",
            theirs="",
            version=version,
            changed_by=who,
        )
    store_details(found, tidy_details(details, today=local_day(at, zone_for(by))), by=by, at=at)


def zone_for(by: Actor) -> str:
    """The time zone of the organization's first site: what “today” means where no site is named."""
    first = (
        Site.objects.filter(organization_id=by.organization)
        .order_by("pk")
        .values_list("time_zone", flat=True)
    )
    return first.first() or "UTC"


@transaction.atomic
def add_related_person(patient: UUID, person: NewRelatedPerson, *, by: Actor, at: datetime) -> UUID:
    """Enter someone in a patient's life: family, friend, sponsor, child, emergency contact."""
    found = open_patient(patient, kind="identity", verb="change", by=by, at=at)
    if not person.name.strip():
        raise Cannot("Give the person's name.", field="name")
    if person.emergency_contact and not person.phone.strip():
        raise Cannot("An emergency contact needs a phone number.", field="phone")
    return RelatedPerson.objects.create(
        organization_id=by.organization,
        patient=found,
        recorded_by_id=by.account,
        recorded_at=at,
        **{name: _stripped(value) for name, value in asdict(person).items()},
    ).uid


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


@transaction.atomic
def end_related_person(patient: UUID, related: UUID, *, by: Actor, at: datetime) -> None:
    """This person is no longer in the patient's life as entered."""
    found = open_patient(patient, kind="identity", verb="change", by=by, at=at)
    rows = RelatedPerson.objects.filter(patient=found, uid=related, ended_at__isnull=True)
    if not rows.update(ended_at=at):
        raise Absent("related person")
