"""The handover: plan, medications, next appointments, people and warning signs on one page, for the person to keep."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from throughcare.knowledge.planning.own_plans import RELAPSE, SAFETY
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_plan.plans_in_force import versions_in_force
from throughcare.pathway.discharge.aftercare import aftercare_of
from throughcare.pathway.discharge.discharge_summary import Summary, read_summary
from throughcare.pathway.episode.care_team import PARTS
from throughcare.pathway.episode.episodes import open_last_episode
from throughcare.pathway.medication.mine import MyMedications, plain_medications
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.rows import only_row
from throughcare.pathway.safety_plan.reading import OwnPlans, PlanLine, plans_of
from throughcare.records.care_plans import Goal
from throughcare.records.discharges import Discharge
from throughcare.records.episodes import CareTeamMember, Episode
from throughcare.records.sessions import Appointment

KINDS = ("care_plan", "discharge", "schedule")
MOST_SESSIONS = 6


@dataclass(frozen=True)
class HandedGoal:
    """A goal in the person's own words; where it stood at the end, or empty while they are here."""

    own_words: str
    standing: str


@dataclass(frozen=True)
class HandedVisit:
    """An appointment ahead: with whom or what, when, and the number to call."""

    what: str
    at: datetime
    phone: str


@dataclass(frozen=True)
class HandedPerson:
    """Someone to turn to: who they are, what for, and their number as far as it is known."""

    name: str
    part: str
    phone: str = ""


@dataclass(frozen=True)
class HandedSection:
    """One part of the person's own plans, in their words."""

    title: str
    lines: tuple[PlanLine, ...]


@dataclass(frozen=True)
class Handover:
    """Everything on the page. `left_at` is None while the person is in the program: then it shows how it stands now."""

    patient: UUID
    name: str
    clinic: str
    clinic_phone: str
    time_zone: str
    made_at: datetime
    left_at: datetime | None
    next_place: str
    helped: str
    goals: tuple[HandedGoal, ...]
    visits: tuple[HandedVisit, ...]
    people: tuple[HandedPerson, ...]
    medications: MyMedications
    signs: tuple[HandedSection, ...]
    steps: tuple[HandedSection, ...]

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the page should still get, by code."""
        found = {
            "visits": bool(self.visits),
            "signs": bool(self.signs),
            "steps": bool(self.steps),
            "goals": bool(self.goals),
        }
        return tuple(code for code, there in found.items() if not there)


def my_handover(*, by: Actor, at: datetime) -> Handover | None:
    """The signed-in person's own page; None for someone who was never admitted."""
    return handover_of(own_patient(by=by), by=by, at=at)


def handover_of(patient: UUID, *, by: Actor, at: datetime) -> Handover | None:
    """A person's page for who may see all of it: they themself, and those who treat them."""
    episode = open_last_episode(patient, kind="episode", by=by, at=at)
    if episode is None:
        return None
    person = episode.patient
    for kind in KINDS:
        open_patient(person, kind=kind, by=by, at=at)
    plans = plans_of(person.uid, by=by, at=at)
    left = only_row(_discharge(episode.pk))
    summary = read_summary(left.summary) if left else None
    return Handover(
        patient=person.uid,
        name=person.called,
        clinic=episode.site.organization.name,
        clinic_phone=episode.site.phone or episode.site.organization.phone,
        time_zone=episode.site.time_zone,
        made_at=at,
        left_at=left.discharged_at if left else None,
        next_place=left.next_place if left else "",
        helped=summary.helped if summary else "",
        goals=tuple(_goals(episode, summary, at=at)),
        visits=tuple(_visits(episode, at=at)),
        people=tuple(_people(episode, plans)),
        medications=plain_medications(person.uid, by=by, at=at),
        signs=tuple(_sections(plans, (RELAPSE, "triggers"), (RELAPSE, "early_signs"), (SAFETY, "signs"))),
        steps=tuple(
            _sections(
                plans,
                (RELAPSE, "coping"),
                (RELAPSE, "refusing"),
                (RELAPSE, "places"),
                (RELAPSE, "lapse"),
                (RELAPSE, "naloxone"),
                (SAFETY, "alone"),
            )
        ),
    )


@prepared
def _discharge(episode: int) -> QuerySet[Discharge]:
    return Discharge.objects.filter(episode=episode)


def _goals(episode: Episode, summary: Summary | None, *, at: datetime) -> Iterator[HandedGoal]:
    """The goals as they stood at the end; while the person is here, those of the plan in force."""
    if summary is not None:
        yield from (HandedGoal(one.own_words, one.standing) for one in summary.goals)
        return
    version = versions_in_force([episode.pk], at=at).get(episode.pk)
    rows = (
        Goal.objects.filter(problem__version=version).order_by("problem__order", "order") if version else ()
    )
    yield from (HandedGoal(one.own_words, "") for one in rows)


def _visits(episode: Episode, *, at: datetime) -> Iterator[HandedVisit]:
    """Visits elsewhere first: they carry on. Then the sessions here that are still to come."""
    for one in aftercare_of(episode, at=at):
        if one.visit_at > at:
            yield HandedVisit(one.with_whom, one.visit_at, one.phone)
    seats = Appointment.objects.filter(
        patient=episode.patient_id,
        session__starts_at__gt=at,
        session__cancelled_at__isnull=True,
        released_at__isnull=True,
    )
    for seat in seats.select_related("session").order_by("session__starts_at", "pk")[:MOST_SESSIONS]:
        yield HandedVisit(seat.session.title, seat.session.starts_at, "")


def _people(episode: Episode, plans: OwnPlans) -> Iterator[HandedPerson]:
    """Whom the person would call by their own plans, then who treats them here."""
    named: dict[str, HandedPerson] = {}  # who stands in two plans is handed over once
    for page, code in ((plans.safety, "people"), (plans.relapse, "people"), (plans.safety, "professionals")):
        for section in page.plan.sections if page.plan else ():
            if section.code == code:
                named.update({line.words: HandedPerson(line.words, "", line.phone) for line in section.lines})
    yield from named.values()
    members = CareTeamMember.objects.select_related("practitioner").filter(episode=episode)
    last = Q(ended_at__isnull=True) | Q(ended_at=episode.ended_at)
    order = {part: place for place, part in enumerate(PARTS)}
    for row in sorted(members.filter(last), key=lambda one: (order.get(one.part, len(order)), one.pk)):
        who = row.practitioner
        yield HandedPerson(f"{who.given_name} {who.family_name}", PARTS.get(row.part, row.part))


def _sections(plans: OwnPlans, *wanted: tuple[str, str]) -> Iterator[HandedSection]:
    pages = {RELAPSE: plans.relapse.plan, SAFETY: plans.safety.plan}
    for kind, code in wanted:
        plan = pages[kind]
        for section in plan.sections if plan else ():
            if section.code == code and section.lines:
                yield HandedSection(section.title, section.lines)
