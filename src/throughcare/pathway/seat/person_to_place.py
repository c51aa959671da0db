"""The people who are to be placed: their weeks, commitments, plans, and whom they must not meet."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from throughcare.knowledge.clinic_calendar import week_of
from throughcare.knowledge.week_rules import Span
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_plan.plans_in_force import versions_in_force
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import may_access
from throughcare.pathway.program_settings import number
from throughcare.pathway.seat.held_time import Taken, commitments_time, patients_time
from throughcare.records.among import Keys
from throughcare.records.assessments import IntakeAnswer
from throughcare.records.care_plans import PlanVersion
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient
from throughcare.records.timetables import KeptApart
from throughcare.records.week_rules import NeverWith


@dataclass(frozen=True)
class Person:
    """What is known of the person who is to be placed, from the first day on."""

    episode: Episode
    name: str
    first: date
    zone: str
    sessions: Sequence[Taken]
    commitments: Sequence[Span]
    apart: dict[int, str]
    never_with: dict[int, str]
    plan: PlanVersion | None
    has_video: bool | None
    longest_gap: int
    may_know_who: bool


def person_to_place(episode: Episode, *, first: date, last: date, by: Actor, at: datetime) -> Person:
    """What is known of an episode's person and their time on the days from `first` to `last`."""
    return people_to_place([episode], first=first, last=last, by=by, at=at)[episode.patient_id]


def people_to_place(
    episodes: Sequence[Episode], *, first: date, last: date, by: Actor, at: datetime
) -> dict[int, Person]:
    """The same for several people of sites in one time zone, by patient (key). The queries don't grow with them.

    Episodes come with their patient and site.
    """
    if not episodes:
        return {}
    zone, keys = episodes[0].site.time_zone, [episode.patient_id for episode in episodes]
    apart, never_with = kept_apart(keys), kept_from_staff(keys)
    # From the week's first day, so that a week's hours and days are whole.
    sessions: dict[int, list[Taken]] = defaultdict(list)
    for one in patients_time(keys, first=week_of(first), last=last, at=at):
        sessions[one.owner].append(one)
    commitments = commitments_time(keys, first=first, last=last, zone=zone)
    plans = versions_in_force([episode.pk for episode in episodes], at=at)
    video = _have_video(keys)
    longest_gap = number("day.longest_gap", organization=by.organization, on=first)
    may_know_who = bool(may_access("kept_apart", by=by))
    return {
        episode.patient_id: Person(
            episode=episode,
            name=display_name(episode.patient),
            first=first,
            zone=zone,
            sessions=sessions[episode.patient_id],
            commitments=[span for _, span in commitments[episode.patient_id]],
            apart=apart.get(episode.patient_id, {}),
            never_with=never_with.get(episode.patient_id, {}),
            plan=plans.get(episode.pk),
            has_video=video.get(episode.patient_id),
            longest_gap=longest_gap,
            may_know_who=may_know_who,
        )
        for episode in episodes
    }


def kept_apart(patients: Collection[int]) -> Mapping[int, dict[int, str]]:
    """Whom each of these patients (keys) must not meet: keys and names."""
    keys = set(patients)
    found: dict[int, dict[int, str]] = defaultdict(dict)

    def note(key: int, other: Patient) -> None:
        if key in keys:
            found[key][other.pk] = display_name(other)

    for row in _kept_apart(Keys(keys)):
        note(row.one_id, row.other)
        note(row.other_id, row.one)
    return found


@prepared
def _kept_apart(patients: Keys) -> QuerySet[KeptApart]:
    rows = KeptApart.objects.select_related("one", "other").filter(ended_at__isnull=True)
    return rows.filter(Q(one__among=patients) | Q(other__among=patients))


def kept_from_staff(patients: Collection[int]) -> Mapping[int, dict[int, str]]:
    """Whom of the staff each of these patients (keys) must not meet: keys and names."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for row in _never_with(Keys(patients)):
        who = row.practitioner
        found[row.patient_id][row.practitioner_id] = f"{who.given_name} {who.family_name}".strip()
    return found


@prepared
def _never_with(patients: Keys) -> QuerySet[NeverWith]:
    rows = NeverWith.objects.filter(patient__among=patients, ended_at__isnull=True)
    return rows.select_related("practitioner")


def _have_video(patients: Collection[int]) -> dict[int, bool]:
    """Whether each patient (key) said that they have what a video session asks for; absent where nothing was said."""
    newest = dict(_said_of_devices(Keys(patients)))
    return {
        patient: bool({"smartphone", "computer"} & set(said["devices"])) and said.get("internet") != "no"
        for patient, said in newest.items()
        if said and said.get("devices")
    }


@prepared
def _said_of_devices(patients: Keys) -> QuerySet[IntakeAnswer, tuple[int, Any]]:
    rows = IntakeAnswer.objects.filter(assessment__patient__among=patients, section="device")
    return rows.order_by("recorded_at", "version").values_list("assessment__patient", "answers")
