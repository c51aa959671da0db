"""Reads a FHIR R4 bundle as a referral: one patient, how to reach them, what for, what is known of their history.

Reads what US Core and Synthea exports say; nothing here writes.
"""

import hashlib
import re
from datetime import date
from typing import Any

from throughcare.knowledge.referring.referrals import concerns_of_diagnosis
from throughcare.pathway.people.people import OLDEST, PersonDetails
from throughcare.pathway.referral.bundle import Bundle, open_bundle, stop_if_wrong
from throughcare.pathway.referral.bundle_history import conditions, history_lines, referred_by
from throughcare.pathway.referral.fhir_node import Node
from throughcare.pathway.referral.referral_reading import Problem, ReferralReading, shown

BIRTH_SEX = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex"
PRONOUNS = "http://hl7.org/fhir/StructureDefinition/individual-pronouns"
SEXES = {"M": "male", "F": "female"}
GENDERS = ("male", "female", "other", "unknown")
# Numbers that name a person elsewhere and have no business as a key here.
PRIVATE_NUMBERS = frozenset({"SS", "SB", "DL", "PPN", "TAX"})
FORMER = frozenset({"old", "maiden"})
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
LONGEST_ID = 150


def read_bundle(found: Any, *, content: bytes, media_type: str, digest: str, today: date) -> ReferralReading:
    """The referral that a parsed bundle holds. Raises `Unreadable` with every problem and its place."""
    bundle = open_bundle(found)
    patient = _the_patient(bundle)
    _check_subjects(bundle, patient)
    notes: list[str] = []
    person = _person(patient, today=today, notes=notes)
    referrer = referred_by(bundle)
    diagnoses = conditions(bundle)
    asked = [concern for one in diagnoses for concern in concerns_of_diagnosis(one.codes, one.words)]
    external_id = _external_id(bundle, patient)
    lines = [*notes, *history_lines(bundle, diagnoses), *_other_names(patient)]
    stop_if_wrong(bundle.problems)
    return ReferralReading(
        place="Bundle",
        person=person,
        external_id=external_id,
        content=content,
        media_type=media_type,
        digest=digest,
        referrer_name=referrer.name,
        referrer_organization=referrer.organization,
        referrer_phone=referrer.phone,
        concerns=tuple(dict.fromkeys(asked)),
        reason="\n".join(line for line in (*referrer.lines, *lines) if line),
        notes=tuple(notes),
        places=_places(patient),
    )


def _the_patient(bundle: Bundle) -> Node:
    patients = bundle.of("Patient")
    if len(patients) == 1:
        return patients[0]
    if patients:
        where = " and ".join(node.place for node in patients[:3])
        bundle.problems.append(
            Problem(where, f"{len(patients)} patients; a referral is about one. Send one bundle for each.")
        )
    elif bundle.entries:
        bundle.problems.append(
            Problem("Bundle.entry", "no Patient; one resource of type Patient is expected")
        )
    stop_if_wrong(bundle.problems)
    raise AssertionError("a problem was noted")


def _check_subjects(bundle: Bundle, patient: Node) -> None:
    """What we read of someone must be about this patient."""
    about = {
        "Condition": "subject",
        "Observation": "subject",
        "ServiceRequest": "subject",
        "Coverage": "beneficiary",
    }
    for entry in bundle.entries:
        subject = entry.node.node(about[entry.kind]) if entry.kind in about else None
        reference = subject.text("reference") if subject else ""
        target = bundle.target(reference) if reference else None
        if subject and target is not None and target.node.place != patient.place:
            subject.wrong("reference", f"{shown(reference)} is not the bundle's patient")


def _person(patient: Node, *, today: date, notes: list[str]) -> PersonDetails:
    given, family = _name(patient)
    telecoms = patient.nodes("telecom")
    email = _reach(telecoms, "email")
    if email and not _MAIL.fullmatch(email):
        notes.append(f"The e-mail address in the export can't be one: {email}")
        email = ""
    gender = patient.text("gender")
    if gender and gender not in GENDERS:
        patient.wrong("gender", f"one of {', '.join(GENDERS)} is expected, found {shown(gender)}")
    if patient.value.get("deceasedBoolean") is True or patient.text("deceasedDateTime"):
        died = patient.text("deceasedDateTime")[:10]
        notes.append(
            f"The export says that this person has died{f' on {died}' if died else ''}. Check before calling."
        )
    return PersonDetails(
        given_name=given,
        family_name=family,
        preferred_name=_called(patient, given),
        pronouns=_extension(patient, PRONOUNS),
        birth_date=_birth_date(patient, today=today, notes=notes),
        sex=SEXES.get(_extension(patient, BIRTH_SEX), ""),
        gender=gender if gender != "unknown" else "",
        language=_language(patient),
        phone=_reach(telecoms, "phone"),
        email=email,
        address=_address(patient),
    )


def _name(patient: Node) -> tuple[str, str]:
    """Given and family name: the official one, else the usual, else any that still holds."""
    names = patient.nodes("name")
    best = sorted(
        (one for one in names if one.text("use") not in FORMER | {"nickname", "anonymous"}),
        key=lambda one: (
            {"official": 0, "usual": 1}.get(one.text("use"), 2),
            one.value.get("period") is not None,
        ),
    )
    for one in best or names:
        given, family = " ".join(one.texts("given")), one.text("family")
        if given or family:
            return given, family
        if one.text("text"):
            words = one.text("text").split()
            return (" ".join(words[:-1]), words[-1]) if len(words) > 1 else (words[0], "")
    if not any(problem.place.startswith(f"{patient.place}.name") for problem in patient.problems):
        patient.wrong("name", "no name; “given” or “family” (strings) is expected")
    return "", ""


def _called(patient: Node, given: str) -> str:
    for one in patient.nodes("name"):
        if one.text("use") in ("nickname", "usual"):
            called = " ".join(one.texts("given")) or one.text("text")
            return called if called != given else ""
    return ""


def _other_names(patient: Node) -> list[str]:
    former = [
        " ".join([*one.texts("given"), one.text("family")]).strip()
        for one in patient.nodes("name")
        if one.text("use") in FORMER
    ]
    return [f"Former name: {', '.join(former)}."] if former else []


def _birth_date(patient: Node, *, today: date, notes: list[str]) -> date | None:
    text = patient.text("birthDate")
    if not text:
        return None
    match = _DATE.fullmatch(text)
    if match is None:
        patient.wrong("birthDate", f"a date such as 1984-03-27 is expected, found {shown(text)}")
        return None
    if match.group(3) is None:
        notes.append(f"Born {text}; the export gives no day.")
        return None
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError:
        patient.wrong("birthDate", f"{shown(text)} is not a day of the calendar; write it as year-month-day")
        return None
    if day > today:
        patient.wrong(
            "birthDate", f"{shown(text)} lies in the future; a day up to {today.isoformat()} is expected"
        )
    elif day.year < today.year - OLDEST:
        patient.wrong("birthDate", f"{shown(text)} is more than {OLDEST} years ago; check the year")
    return day


def _reach(telecoms: list[Node], system: str) -> str:
    """The best phone number or e-mail address that still holds: mobile before home before work."""
    order = {"mobile": 0, "home": 1, "work": 2}
    current = [one for one in telecoms if one.text("system") == system and one.text("use") != "old"]
    ranked = sorted(current, key=lambda one: (one.number("rank") or 9, order.get(one.text("use"), 3)))
    return next((value for one in ranked if (value := one.text("value"))), "")


def _address(patient: Node) -> str:
    for one in patient.nodes("address"):
        if one.text("use") == "old":
            continue
        place = " ".join(part for part in (one.text("state"), one.text("postalCode")) if part)
        parts = [*one.texts("line"), one.text("city"), place]
        return ", ".join(part for part in parts if part) or one.text("text")
    return ""


def _language(patient: Node) -> str:
    spoken = patient.nodes("communication")
    preferred = [one for one in spoken if one.value.get("preferred") is True]
    for one in preferred or spoken:
        return next((code for _, code, _ in one.codings("language") if code), "")
    return ""


def _extension(patient: Node, url: str) -> str:
    for one in patient.nodes("extension"):
        if one.text("url") == url:
            return one.text("valueCode") or one.words("valueCodeableConcept")
    return ""


def _external_id(bundle: Bundle, patient: Node) -> str:
    """What names this referral at its sender: the order's number or the patient's, never a social security number."""
    for order in bundle.of("ServiceRequest"):
        for number in order.nodes("identifier"):
            if number.text("value"):
                return _short(f"fhir:{number.text('system')}|{number.text('value')}")
    numbers = [one for one in patient.nodes("identifier") if one.text("value") and not _is_private(one)]
    if numbers:
        return _short(f"fhir:{numbers[0].text('system')}|{numbers[0].text('value')}")
    ident = patient.text("id")
    if ident:
        return _short(f"fhir:{ident}")
    name = patient.value.get("name")
    return _short(f"fhir:{hashlib.sha256(repr((name, patient.value.get('birthDate'))).encode()).hexdigest()}")


def _is_private(number: Node) -> bool:
    return any(code in PRIVATE_NUMBERS for _, code, _ in number.codings("type")) or "ssn" in number.text(
        "system"
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_ID else f"fhir:{hashlib.sha256(text.encode()).hexdigest()}"


def _places(patient: Node) -> dict[str, str]:
    at = patient.place
    return {
        "given_name": f"{at}.name[0].given",
        "family_name": f"{at}.name[0].family",
        "birth_date": f"{at}.birthDate",
        "phone": f"{at}.telecom",
        "email": f"{at}.telecom",
        "address": f"{at}.address[0]",
        "language": f"{at}.communication[0].language",
        "patient": f"{at}.identifier",
    }
