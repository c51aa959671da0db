"""Everything in a patient's record that could leave, item by item, as far as who looks may see it themselves."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART, MAY_LEAVE
from throughcare.pathway.actor import Actor
from throughcare.pathway.privacy.consent import site_of
from throughcare.pathway.privacy.desk import ask, meet, open_patient
from throughcare.pathway.privacy.telling import Item
from throughcare.pathway.release import (
    care_items,
    day_items,
    medication_items,
    plan_items,
    stay_items,
    test_items,
)
from throughcare.pathway.release.whose import Items, Whose
from throughcare.records.people import Patient

CHAPTERS: Mapping[str, Callable[[Whose], Items]] = {
    "identity": stay_items.identity,
    "referral": stay_items.referrals,
    "assessment": care_items.assessments,
    "intake": care_items.intakes,
    "measure": care_items.measures,
    "placement": stay_items.placements,
    "episode": stay_items.episodes,
    "care_plan": care_items.care_plans,
    "safety_plan": plan_items.safety_plans,
    "relapse_plan": plan_items.relapse_plans,
    "referral_out": plan_items.referrals_out,
    "drug_test": test_items.drug_tests,
    "diagnosis": stay_items.diagnoses,
    "medication": medication_items.medications,
    "schedule": day_items.schedule,
    "attendance": day_items.attendance,
    "make_up": day_items.make_ups,
    "note": care_items.notes,
    "discharge": stay_items.discharges,
}
# Notes kept apart have no chapter: they are read by who wrote them, and never gathered with anything else.
GATHERED = tuple(kind for kind in KINDS if kind in MAY_LEAVE - APART)


def whose_record(patient: Patient, *, as_of: datetime) -> Whose:
    """The patient on the clock of their site."""
    site = site_of(patient)
    zone = site.time_zone if site else "UTC"
    return Whose(patient, zone, as_of, local_day(as_of, zone))


def kinds_seen(patient: Patient, *, by: Actor, at: datetime) -> frozenset[str]:
    """The kinds of this record that the actor may see themselves; nothing is opened, nothing written."""
    found, standing = meet(patient, by=by, at=at)
    return frozenset(
        kind
        for kind in GATHERED
        if ask(found, standing, kind=kind, verb="see", purpose="", by=by, at=at).verdict
    )


def gather_items(
    whose: Whose, kinds: Collection[str], *, by: Actor, at: datetime
) -> dict[str, tuple[Item, ...]]:
    """The items of each of these kinds, each kind opened through the desk. A constant number of queries a kind."""
    found = {}
    for kind in GATHERED:
        if kind in kinds:
            open_patient(whose.patient, kind=kind, by=by, at=at)
            found[kind] = tuple(CHAPTERS[kind](whose))
    return found
