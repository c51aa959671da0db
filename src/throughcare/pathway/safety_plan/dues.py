"""Whose plans are due to be written or read again, for a list of people in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.planning.own_plans import ALL, SAFETY, plan_due
from throughcare.pathway.actor import Actor
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.privacy import at_sites
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.safety_plan.newest import looked_facts
from throughcare.pathway.safety_plan.reading import DUE_SETTINGS
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient

MOST_PEOPLE = 1_000


@dataclass(frozen=True)
class DuePlan:
    """One plan that is due: to be written when there is none, else to be read again."""

    patient: UUID
    name: str
    title: str
    is_written: bool
    because: str
    since: date


def due_plans(*, by: Actor, at: datetime) -> tuple[DuePlan, ...]:
    """Everyone in the program at the sites of `by` with a plan that is due, the longest due first."""
    record = ALL[SAFETY].record
    episodes = Episode.objects.select_related("patient").filter(
        organization_id=by.organization, ended_at__isnull=True, admitted_at__lte=at
    )
    rows = at_sites(episodes, record, by=by).order_by("patient", "pk")[:MOST_PEOPLE]
    people = {row.patient_id: row.patient for row in rows}
    today = local_day(at, by.time_zone)
    own = numbers(*DUE_SETTINGS, organization=by.organization, on=today)
    plans, _, facts = looked_facts(list(people), at=at, zone=by.time_zone)
    due = [
        (key, kind.code, found)
        for key, looked in facts.items()
        for kind in ALL.values()
        if (found := plan_due(kind.code, looked[kind.code], today=today, own=own)) and found.is_due(today)
    ]
    hidden = open_roster(record, sorted({key for key, _, _ in due}), by=by, at=at)
    lines = [
        _line(people[key], kind, kind in plans.get(key, {}), found.because, found.on, key in hidden)
        for key, kind, found in due
    ]
    return tuple(_longest_first(lines))


def _line(
    patient: Patient, kind: str, is_written: bool, because: str, since: date, is_hidden: bool
) -> DuePlan:
    name = HIDDEN if is_hidden else display_name(patient)
    return DuePlan(patient.uid, name, ALL[kind].title, is_written, "" if is_hidden else because, since)


def _longest_first(lines: Iterable[DuePlan]) -> list[DuePlan]:
    return sorted(lines, key=lambda one: (one.since, one.name, one.title))
