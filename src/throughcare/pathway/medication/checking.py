"""What is checked because of medications: PDMP, laboratory values, allergies, what doesn't go together, naloxone."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.medications.checks import ALL as CHECKS
from throughcare.knowledge.medications.naloxone import STEPS, WHOM
from throughcare.knowledge.medications.pdmp import FINDINGS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.medication.drinking import weighed
from throughcare.pathway.medication.ordering import keep_answer
from throughcare.pathway.medication.versions import KIND, day_at_site, newest_of, standing
from throughcare.pathway.privacy import open_patient
from throughcare.records.medications import Allergy, MedicationCheck, NaloxoneStep, PdmpCheck
from throughcare.records.people import Patient

SEVERITIES = {"severe": "Severe", "moderate": "Moderate", "mild": "Mild"}


def record_pdmp_check(
    patient: UUID, *, checked: date, finding: str, words: str = "", by: Actor, at: datetime
) -> UUID:
    """Record that the state's monitoring program was asked, and what it showed."""
    found = _open(patient, by=by, at=at)
    if not by.holds("nurse", "prescriber", "program"):
        raise Cannot("A prescriber, or a nurse as their delegate, checks the monitoring program.")
    _not_ahead(checked, found, "checked", by=by, at=at)
    if finding not in FINDINGS:
        raise Cannot("Choose what was found.", field="finding")
    if finding == "unexpected" and not words.strip():
        raise Cannot("Write what was found.", field="words")
    return PdmpCheck.objects.create(
        patient=found, checked_date=checked, finding=finding, words=words.strip(), **_fact(by, at)
    ).uid


def record_check(
    patient: UUID, *, code: str, checked: date, value: str = "", words: str = "", by: Actor, at: datetime
) -> UUID:
    """Record that a check was done: a laboratory value, or how somebody under 25 is on an antidepressant."""
    found = _open(patient, by=by, at=at)
    if code not in CHECKS:
        raise Cannot("Choose which check was done.", field="code")
    _not_ahead(checked, found, "checked", by=by, at=at)
    if not value.strip() and not words.strip():
        raise Cannot("Write what was found.", field="value")
    return MedicationCheck.objects.create(
        patient=found,
        code=code,
        checked_date=checked,
        value=value.strip(),
        words=words.strip(),
        **_fact(by, at),
    ).uid


@transaction.atomic
def record_allergy(
    patient: UUID, *, substance: str, reaction: str = "", severity: str = "", by: Actor, at: datetime
) -> UUID:
    """Record an allergy; without a substance, that the person knows of none. The one ends the other."""
    found = _open(patient, by=by, at=at)
    name = substance.strip()
    standing_rows = Allergy.objects.filter(patient=found, ended_at__isnull=True)
    if severity and severity not in SEVERITIES:
        raise Cannot("Choose how bad it is.", field="severity")
    known = list(standing_rows)
    if not name and any(one.substance for one in known):
        raise Cannot("An allergy stands on the list. End it first, if it was a mistake.", field="substance")
    same = [one for one in known if one.substance.lower() == name.lower()]
    if same:
        return same[0].uid
    for one in known:
        if not one.substance:
            one.ended_at, one.ended_because = at, "An allergy is known"
            one.save(update_fields=["ended_at", "ended_because"])
    return Allergy.objects.create(
        patient=found,
        substance=name,
        reaction=reaction.strip(),
        severity=severity if name else "",
        **_fact(by, at),
    ).uid


def end_allergy(allergy: UUID, *, because: str, by: Actor, at: datetime) -> None:
    """Take an allergy off the list, with the reason."""
    rows = Allergy.objects.select_related("patient")
    row = rows.filter(organization_id=by.organization, uid=allergy, ended_at__isnull=True).first()
    if row is None:
        raise Absent("allergy")
    _open(row.patient.uid, by=by, at=at)
    if not because.strip():
        raise Cannot("Write why it comes off the list.", field="because")
    row.ended_at, row.ended_because = at, because.strip()
    row.save(update_fields=["ended_at", "ended_because"])


def answer_interaction(patient: UUID, subject: str, *, words: str, by: Actor, at: datetime) -> None:
    """A prescriber or nurse says what is done about medications that don't go together."""
    found = _open(patient, by=by, at=at)
    rows = newest_of([found.pk], organization=found.organization_id, at=at).get(found.pk, ())
    known = {one.subject: one for one in weighed(found, standing(rows), at=at)}
    if subject not in known:
        raise Cannot("The list changed meanwhile. Look at it again.")
    keep_answer(found, known[subject], words=words, by=by, at=at)


def record_naloxone(
    patient: UUID,
    *,
    whom: str,
    step: str,
    happened: date,
    expires: date | None = None,
    name: str = "",
    words: str = "",
    by: Actor,
    at: datetime,
) -> UUID:
    """Record one step: naloxone was offered, declined, given, shown, used, or is gone."""
    found = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    if by.patient == found.pk and step not in ("used", "gone"):
        raise Cannot(_("Ask your nurse for naloxone. It is free here."))
    if whom not in WHOM:
        raise Cannot("Choose whom it is for.", field="whom")
    if step not in STEPS:
        raise Cannot("Choose what was done.", field="step")
    _not_ahead(happened, found, "happened", by=by, at=at)
    if step == "given" and (expires is None or expires <= happened):
        raise Cannot("Write the day until which it is good. It stands on the box.", field="expires")
    return NaloxoneStep.objects.create(
        patient=found,
        whom=whom,
        name=name.strip(),
        step=step,
        happened_date=happened,
        expires_date=expires if step == "given" else None,
        words=words.strip(),
        **_fact(by, at),
    ).uid


def _open(patient: UUID, *, by: Actor, at: datetime) -> Patient:
    found = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    if by.patient == found.pk:
        raise Cannot(_("Tell the nurse. They write it down with you."))
    return found


def _not_ahead(day: date, patient: Patient, field: str, *, by: Actor, at: datetime) -> None:
    if day > day_at_site(patient.pk, by=by, at=at):
        raise Cannot("Give today or the day on which it was.", field=field)


def _fact(by: Actor, at: datetime) -> dict[str, object]:
    return {"organization_id": by.organization, "recorded_by_id": by.account, "recorded_at": at}
