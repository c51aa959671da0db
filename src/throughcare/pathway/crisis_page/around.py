"""The person in a crisis: how to reach them safely, where they may be, their plan, what they take, whom to call."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from throughcare.knowledge.clinic_calendar import age_on, local_day
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import MAY_LEAVE
from throughcare.knowledge.privacy.safe_ways import ALL as WAYS
from throughcare.knowledge.privacy.weighing import Request, weigh
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import CannotSee
from throughcare.pathway.medication.listing import MedicationList, medication_list_of
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.privacy.consents_kept import consents_of, restrictions_of
from throughcare.pathway.privacy.reaching import ways_shut
from throughcare.pathway.safety_plan.reading import OwnPlanView, safety_plan_of
from throughcare.records.check_ins import Presence
from throughcare.records.people import Patient, RelatedPerson

# Where somebody said they are when they joined by video; older than this it says nothing about tonight. [ours]
SAID_LATELY = timedelta(hours=24)
Seen = TypeVar("Seen")


@dataclass(frozen=True)
class NearPerson:
    """Somebody near to the person. `may_be_told`: what a consent in force lets us say; empty: listen, say nothing."""

    name: str
    relationship: str
    phone: str
    is_emergency_contact: bool
    lives_with: bool
    may_be_told: tuple[str, ...]


@dataclass(frozen=True)
class Whereabouts:
    """Where the person said they were, and when they said it."""

    place: str
    phone: str
    nearby: str
    said_at: datetime


@dataclass(frozen=True)
class PersonInCrisis:
    """The person, as far as `by` may see each part; `shut` are the ways by which they must not be reached."""

    uid: UUID
    name: str
    pronouns: str
    birth_date: date | None
    age: int | None
    language: str
    phone: str
    address: str
    no_fixed_address: bool
    shut: tuple[str, ...]
    voicemail_safe: bool | None
    text_safe: bool | None
    other_way: str
    whereabouts: Whereabouts | None
    near: tuple[NearPerson, ...]
    plan: OwnPlanView | None
    plan_opens: bool
    medications: MedicationList | None
    medications_open: bool


def person_in_crisis(patient: UUID, *, by: Actor, at: datetime) -> PersonInCrisis:
    """All of it, each part through the desk. Raises `Absent` and `CannotSee`."""
    found = open_patient(patient, kind="identity", by=by, at=at)
    shut, wishes = ways_shut([found.pk])[found.pk], found.contact_wishes or {}
    plan, plan_opens = _as_far_as_may(lambda: safety_plan_of(found, by=by, at=at))
    taken, opens = _as_far_as_may(lambda: medication_list_of(found, by=by, at=at))
    return PersonInCrisis(
        uid=found.uid,
        name=found.called,
        pronouns=found.pronouns,
        birth_date=found.birth_date,
        age=age_on(local_day(at, by.time_zone), found.birth_date) if found.birth_date else None,
        language=found.language,
        phone=found.phone,
        address=found.address,
        no_fixed_address=found.no_fixed_address,
        shut=tuple(WAYS[code].words for code in WAYS if code in shut),
        voicemail_safe=wishes.get("voicemail"),
        text_safe=wishes.get("text"),
        other_way=wishes.get("other_way", ""),
        whereabouts=_whereabouts(found, by=by, at=at),
        near=_near(found, by=by, at=at),
        plan=plan,
        plan_opens=plan_opens,
        medications=taken,
        medications_open=opens,
    )


def _as_far_as_may(read: Callable[[], Seen]) -> tuple[Seen | None, bool]:
    """What a part of the page reads, and whether it opened: one part that stays shut shuts no other."""
    try:
        return read(), True
    except CannotSee:
        return None, False


def _whereabouts(patient: Patient, *, by: Actor, at: datetime) -> Whereabouts | None:
    if not may_access("attendance", by=by):
        return None
    rows = Presence.objects.filter(
        organization_id=by.organization, patient=patient, way="video", recorded_at__gt=at - SAID_LATELY
    )
    row = rows.filter(recorded_at__lte=at).order_by("-recorded_at").first()
    told = row.whereabouts if row else None
    if row is None or not told:
        return None
    return Whereabouts(told.get("place", ""), told.get("phone", ""), told.get("nearby", ""), row.recorded_at)


def _near(patient: Patient, *, by: Actor, at: datetime) -> tuple[NearPerson, ...]:
    """People near to the person, emergency contacts first, with what may be said to each."""
    people = RelatedPerson.objects.filter(
        organization_id=by.organization, patient=patient, ended_at__isnull=True
    )
    consents, restrictions = consents_of(patient.pk), restrictions_of(patient.pk)

    def may_be_told(person: RelatedPerson) -> tuple[str, ...]:
        asked = Request(str(person.uid), "family", "family_involvement", "", at)
        leaving = (kind for kind in KINDS.values() if kind.code in MAY_LEAVE)
        return tuple(
            kind.words for kind in leaving if weigh(replace(asked, kind=kind.code), consents, restrictions)
        )

    return tuple(
        NearPerson(
            person.name,
            person.relationship,
            person.phone,
            person.emergency_contact,
            person.lives_with,
            may_be_told(person),
        )
        for person in sorted(people, key=lambda one: (not one.emergency_contact, one.pk))
    )
