"""People in care, with groups to join: what the tests of the week start from."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db import transaction

from tests.cast import MONDAY, MORNING, Cast
from throughcare.pathway.group.group import NewGroup, lead_group, meet_weekly, open_group
from throughcare.pathway.people.people import PersonDetails, add_person
from throughcare.records.care_plans import PlanVersion, PrescriptionLine
from throughcare.records.episodes import Episode, Stay
from throughcare.records.organizations import Site
from throughcare.records.people import Patient


@dataclass(frozen=True)
class InCare:
    """A person in care: public ids of the patient and the episode."""

    patient: UUID
    episode: UUID
    key: int


@transaction.atomic
def admit(cast: Cast, given: str, family: str, *, track: str = "", **details: object) -> InCare:
    """Bring someone into care on the cast's site. Admission's own steps have tests of their own."""
    person = add_person(
        PersonDetails(given_name=given, family_name=family, **details),  # type: ignore[arg-type]
        zone="America/New_York",
        by=cast.program,
        at=MORNING,
    )
    episode = Episode.objects.create(
        organization_id=cast.organization,
        patient=person,
        site=Site.objects.get(uid=cast.site),
        track=track,
        admitted_at=MORNING,
        recorded_at=MORNING,
    )
    Stay.objects.create(
        organization_id=cast.organization,
        episode=episode,
        level="iop",
        edition="4",
        began_at=MORNING,
        reason="admission",
        recorded_at=MORNING,
    )
    return InCare(person.uid, episode.uid, person.pk)


def prescribe(
    person: InCare,
    *,
    hours: float = 9,
    days: int = 3,
    longest: float = 3.5,
    mix: tuple[tuple[str, float, int], ...] = (("cbt", 3, 60),),
) -> None:
    """Put a plan in force with a prescription."""
    episode = Episode.objects.get(uid=person.episode)
    plan = PlanVersion.objects.create(
        organization_id=episode.organization_id,
        episode=episode,
        number=1,
        hours_per_week=hours,
        days_per_week=days,
        longest_day_hours=longest,
        started_at=MORNING,
        in_force_at=MORNING,
        recorded_at=MORNING,
    )
    for kind, per_week, minutes in mix:
        PrescriptionLine.objects.create(
            organization_id=episode.organization_id,
            version=plan,
            session_type=kind,
            per_week=per_week,
            minutes=minutes,
            recorded_at=MORNING,
        )


def a_group(
    cast: Cast,
    *,
    name: str = "CBT skills",
    kind: str = "cbt",
    track: str = "day",
    capacity: int = 12,
    room: UUID | None = None,
    weekday: int = 0,
    starts: time = time(10),
    minutes: int = 60,
    break_minutes: int = 0,
    variant: str = "mixed",
    led: bool = True,
    from_date: date = MONDAY,
) -> UUID:
    """A group that meets weekly, in the Blue room unless another is named, led by Felix."""
    group = open_group(
        cast.site,
        NewGroup(name, kind, track, capacity, room=room or cast.group_room, variant=variant),
        by=cast.admin,
        at=MORNING,
        opened_date=from_date,
    )
    meet_weekly(
        group,
        weekday=weekday,
        starts=starts,
        minutes=minutes,
        break_minutes=break_minutes,
        from_date=from_date,
        by=cast.admin,
        at=MORNING,
    )
    if led:
        felix = cast.practitioner_uid(cast.facilitator)
        lead_group(group, felix, from_date=from_date, by=cast.admin, at=MORNING)
    return group


def patient_of(person: InCare) -> Patient:
    """The row, for what a test has to look at directly."""
    return Patient.objects.get(pk=person.key)
