"""What of a record has a shape that other programs know: the person, stays, diagnoses, measures, visits."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from throughcare.knowledge.medications.library import find as find_drug
from throughcare.knowledge.questionnaires.library import find as find_measure
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.pathway.release.whose import Whose
from throughcare.records.attendance import Attendance
from throughcare.records.care_plans import Goal
from throughcare.records.consents import Consent
from throughcare.records.episodes import Diagnosis, Episode
from throughcare.records.measures import MeasureResponse
from throughcare.records.medications import Allergy, Medication
from throughcare.records.people import Patient, RelatedPerson
from throughcare.records.sessions import Appointment, Session


@dataclass(frozen=True)
class Fact:
    """One thing, by its public id, in words and numbers as the resource of its kind wants them."""

    uid: str
    said: dict[str, Any]


@dataclass(frozen=True)
class Picture:
    """Everything that has a shape; a kind that wasn't gathered is empty."""

    person: Fact
    organization: Fact
    relations: tuple[Fact, ...] = field(default=())
    episodes: tuple[Fact, ...] = field(default=())
    diagnoses: tuple[Fact, ...] = field(default=())
    measures: tuple[Fact, ...] = field(default=())
    medications: tuple[Fact, ...] = field(default=())
    allergies: tuple[Fact, ...] = field(default=())
    visits: tuple[Fact, ...] = field(default=())
    appointments: tuple[Fact, ...] = field(default=())
    goals: tuple[Fact, ...] = field(default=())
    consents: tuple[Fact, ...] = field(default=())


# Under which kind of record each part stands.
KINDS = {
    "relations": "identity",
    "episodes": "episode",
    "diagnoses": "diagnosis",
    "measures": "measure",
    "medications": "medication",
    "allergies": "medication",
    "visits": "attendance",
    "appointments": "schedule",
    "goals": "care_plan",
    "consents": "consent",
}


def picture_of(whose: Whose, seen: frozenset[str]) -> Picture:
    """The shapes of the kinds that were gathered; the caller opened each of them."""
    found = {**_who_and_why(whose.patient), **_days(whose), **_plans(whose.patient)}
    shown = {name: facts for name, facts in found.items() if KINDS[name] in seen}
    return Picture(_person(whose), _organization(whose), **shown)


def _who_and_why(person: Patient) -> dict[str, tuple[Fact, ...]]:
    relations = RelatedPerson.objects.filter(patient=person, ended_at__isnull=True)
    episodes = Episode.objects.filter(patient=person).order_by("admitted_at")
    measures = MeasureResponse.objects.filter(patient=person, retired_at__isnull=True).order_by("taken_at")
    return {
        "relations": tuple(map(_relation, relations)),
        "episodes": tuple(map(_episode, episodes)),
        "diagnoses": tuple(map(_diagnosis, Diagnosis.objects.filter(episode__patient=person))),
        "measures": tuple(map(_measure, measures)),
        "medications": tuple(map(_medication, _newest(person.pk))),
        "allergies": tuple(map(_allergy, Allergy.objects.filter(patient=person))),
    }


def _days(whose: Whose) -> dict[str, tuple[Fact, ...]]:
    attended = Attendance.objects.select_related("session").filter(
        patient=whose.patient, retired_at__isnull=True
    )
    seats = Appointment.objects.select_related("session").filter(
        patient=whose.patient,
        released_at__isnull=True,
        session__starts_at__gt=whose.as_of,
        session__cancelled_at__isnull=True,
    )
    return {
        "visits": tuple(map(_visit, attended.order_by("session__starts_at"))),
        "appointments": tuple(map(_appointment, seats.order_by("session__starts_at"))),
    }


def _plans(person: Patient) -> dict[str, tuple[Fact, ...]]:
    versions = Goal.objects.filter(problem__version__episode__patient=person)
    goals = {row.thread: row for row in versions.order_by("problem__version__number", "pk")}
    consents = Consent.objects.filter(patient=person, given_at__isnull=False).select_related("revocation")
    return {
        "goals": tuple(Fact(str(row.thread), {"words": row.own_words}) for row in goals.values()),
        "consents": tuple(map(_consent, consents)),
    }


def _person(whose: Whose) -> Fact:
    one = whose.patient
    said = {
        "number": str(one.number),
        "given": one.given_name,
        "family": one.family_name,
        "preferred": one.preferred_name,
        "birth_date": _day(one.birth_date),
        "sex": one.sex,
        "phone": one.phone,
        "email": one.email,
        "address": "" if one.no_fixed_address else one.address,
        "language": one.language,
    }
    return Fact(str(one.uid), said)


def _organization(whose: Whose) -> Fact:
    one = whose.patient.organization
    return Fact(str(one.uid), {"name": one.name, "phone": one.phone})


def _relation(row: RelatedPerson) -> Fact:
    said = {"name": row.name, "relationship": row.relationship, "phone": row.phone}
    return Fact(str(row.uid), said)


def _episode(row: Episode) -> Fact:
    return Fact(str(row.uid), {"from": row.admitted_at.isoformat(), "until": _moment(row.ended_at)})


def _diagnosis(row: Diagnosis) -> Fact:
    said = {
        "code": row.code,
        "title": row.title,
        "recorded": row.recorded_at.isoformat(),
        "ended": _moment(row.ended_at),
    }
    return Fact(str(row.uid), said)


def _measure(row: MeasureResponse) -> Fact:
    asked = find_measure(row.code)
    answers = [
        {"number": item.number, "label": item.label, "loinc": item.loinc or "", "value": value}
        for item, value in zip(asked.items, row.answers, strict=False)
        if isinstance(value, int)
    ]
    said = {
        "code": row.code,
        "title": asked.title,
        "taken": row.taken_at.isoformat(),
        "total": float(row.total) if row.total is not None else None,
        "band": row.band,
        "loinc": asked.loinc_total or "",
        "panel": asked.loinc_panel or "",
        "answers": answers,
    }
    return Fact(str(row.uid), said)


def _newest(patient: int) -> list[Medication]:
    newest: dict[object, Medication] = {}
    for row in Medication.objects.filter(patient=patient).order_by("version", "pk"):
        newest[row.thread] = row
    return list(newest.values())


def _medication(row: Medication) -> Fact:
    drug = find_drug(row.code)
    said = {
        "name": row.name,
        "rxnorm": drug.rxnorm if drug else "",
        "dose": row.dose,
        "how": row.schedule,
        "from": _day(row.began_date),
        "until": _day(row.stopped_date),
        "stopped": row.change == "stopped",
        "recorded": row.recorded_at.isoformat(),
    }
    return Fact(str(row.thread), said)


def _allergy(row: Allergy) -> Fact:
    said = {
        "substance": row.substance,
        "reaction": row.reaction,
        "severity": row.severity,
        "ended": row.ended_at is not None,
        "recorded": row.recorded_at.isoformat(),
    }
    return Fact(str(row.uid), said)


def _visit(row: Attendance) -> Fact:
    return Fact(str(row.uid), {**_session(row.session), "status": row.status, "minutes": row.minutes})


def _appointment(row: Appointment) -> Fact:
    return Fact(str(row.uid), _session(row.session))


def _session(row: Session) -> dict[str, Any]:
    kind = SESSION_TYPES.get(row.session_type)
    return {
        "title": kind.title if kind else "Session",
        "from": row.starts_at.isoformat(),
        "until": row.ends_at.isoformat(),
        "by_video": bool(row.telehealth_url),
    }


def _consent(row: Consent) -> Fact:
    back = getattr(row, "revocation", None)
    said = {
        "given": _moment(row.given_at),
        "taken_back": back.revoked_at.isoformat() if back else "",
        "ends": _moment(row.expires_at),
        "kinds": list(row.kinds),
        "words": row.text,
    }
    return Fact(str(row.uid), said)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(moment: datetime | date | None) -> str:
    return moment.isoformat() if moment else ""
