"""The person who is to be placed: their week, commitments, plan, and whom they must not meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from throughcare.knowledge.clinic_calendar import week_of
from throughcare.knowledge.week_rules import Span
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_plan.plans_in_force import versions_in_force
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.privacy import may_access
from throughcare.pathway.program_settings import number
from throughcare.pathway.week.held_time import Taken, commitments_time, patients_time
from throughcare.records.assessments import IntakeAnswer
from throughcare.records.care_plans import PlanVersion
from throughcare.records.episodes import Episode
from throughcare.records.timetables import KeptApart


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
    plan: PlanVersion | None
    has_video: bool | None
    longest_gap: int
    may_know_who: bool


def person_to_place(episode: Episode, *, first: date, last: date, by: Actor, at: datetime) -> Person:
    """What is known of an episode's person and their time on the days from `first` to `last`."""
    patient = episode.patient
    zone = episode.site.time_zone
    kept = KeptApart.objects.filter(Q(one=patient) | Q(other=patient), ended_at__isnull=True)
    others = [
        row.other if row.one_id == patient.pk else row.one for row in kept.select_related("one", "other")
    ]
    # From the week's first day, so that a week's hours and days are whole.
    sessions = patients_time([patient.pk], first=week_of(first), last=last, at=at)
    commitments = commitments_time([patient.pk], first=first, last=last, zone=zone)
    return Person(
        episode=episode,
        name=display_name(patient),
        first=first,
        zone=zone,
        sessions=sessions,
        commitments=[span for _, span in commitments[patient.pk]],
        apart={other.pk: display_name(other) for other in others},
        plan=versions_in_force([episode.pk], at=at).get(episode.pk),
        has_video=_has_video(episode),
        longest_gap=number("day.longest_gap", organization=by.organization, on=first),
        may_know_who=bool(may_access("kept_apart", by=by)),
    )


def _has_video(episode: Episode) -> bool | None:
    said = (
        IntakeAnswer.objects.filter(assessment__patient=episode.patient_id, section="device")
        .order_by("-recorded_at", "-version")
        .values_list("answers", flat=True)
        .first()
    )
    if not said or not said.get("devices"):
        return None
    return bool({"smartphone", "computer"} & set(said["devices"])) and said.get("internet") != "no"
