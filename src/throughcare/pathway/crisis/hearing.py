"""Telling us about somebody in a crisis: anyone near to them may, and learns nothing by it."""

from datetime import datetime
from uuid import UUID

from throughcare.knowledge.privacy import may
from throughcare.knowledge.verdict import Allowed
from throughcare.pathway.actor import Actor, Asked
from throughcare.pathway.cannot import Absent, CannotSee, require
from throughcare.pathway.privacy.book import note
from throughcare.pathway.privacy.desk import ask, find_patient, meet
from throughcare.records.people import Patient

KIND = "crisis"
# Who must not be kept from telling: the person, whoever they let in (whatever they consented to), and staff who met
# a guarded record's glass.
_HEARD = frozenset({"self", "family", "care_team", "on_panel", "off_panel", "same_site"})
_STAFF = frozenset({"care_team", "on_panel", "off_panel", "same_site"})


def hear_about(patient: UUID | Patient, *, by: Actor, at: datetime) -> Patient:
    """The patient whom somebody tells us about; written in the book.

    Someone without an account (an intake link, a kiosk) was let in to this one record before. Raises `Absent` to
    strangers, `CannotSee` to staff whose role writes nothing about people.
    """
    if by.account is None:
        return find_patient(patient.uid if isinstance(patient, Patient) else patient, by=by)
    found, standing = meet(patient, by=by, at=at)
    heard = standing.relationship in _HEARD
    answer = ask(found, standing, kind=KIND, verb="change", purpose="", by=by, at=at)
    verdict = answer.verdict
    if standing.relationship == "family":
        verdict = Allowed()
    elif standing.guarded and standing.relationship in _STAFF:
        verdict = may("change", KIND, roles=standing.roles)
    asked = answer.asked
    told = Asked(
        by.account,
        "change",
        KIND,
        asked.purpose,
        standing.relationship,
        heard and bool(verdict),
        None,
        (found.pk,),
        at,
    )
    note(told, by=by)
    if not heard:
        raise Absent("patient")
    require(verdict, CannotSee)
    return found
