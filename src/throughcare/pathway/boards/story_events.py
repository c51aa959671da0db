"""What happened to a person, kind by kind: each function is a look-up or two and gives events in any order."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.discharge import ALL as DISCHARGE_REASONS
from throughcare.knowledge.intake.placing import GAP_REASONS
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.planning.plan_reviews import OUTCOMES as REVIEW_OUTCOMES
from throughcare.knowledge.questionnaires.library import find
from throughcare.knowledge.referring.referrals import CLOSURE_REASONS, CONTACT_MODES
from throughcare.knowledge.referring.referrals import OUTCOMES as CONTACT_OUTCOMES
from throughcare.pathway.discharge.aftercare import with_outcome
from throughcare.pathway.measure.measure_view import number, short_title
from throughcare.pathway.prepared import prepared
from throughcare.records.assessments import Assessment
from throughcare.records.care_plans import PlanReview, PlanVersion
from throughcare.records.discharges import AftercareAppointment, Discharge
from throughcare.records.episodes import Episode, Stay
from throughcare.records.measures import MeasureResponse
from throughcare.records.people import Patient
from throughcare.records.placements import PlacementDecision
from throughcare.records.referrals import Referral, ReferralClosure, ReferralContact


@dataclass(frozen=True)
class StoryNote:
    """A signed note of the week: what was met for, the person's own paragraph, and what was to happen next."""

    uid: UUID
    day: date
    title: str
    objective: str
    text: str
    next_step: str


@dataclass(frozen=True)
class StoryEvent:
    """One thing that happened. `kind` and `subject` say what page tells more; `day` is the site's calendar day."""

    at: datetime
    day: date
    title: str
    text: str = ""
    tone: str = "plain"
    kind: str = ""
    subject: UUID | None = None
    notes: tuple[StoryNote, ...] = ()


@dataclass(frozen=True)
class Whose:
    """The person, their site's zone and first weekday, and the kinds of record that the reader may see."""

    patient: Patient
    zone: str
    week_starts_on: int
    sees: frozenset[str]

    def event(self, at: datetime, title: str, text: str = "", **more: object) -> StoryEvent:
        """An event on this person's days."""
        return StoryEvent(at, local_day(at, self.zone), title, text, **more)  # type: ignore[arg-type]


def level_title(code: str) -> str:
    """The level in words."""
    return LEVELS[code].title if code in LEVELS else code or "not known"


def referral_events(whose: Whose) -> Iterator[StoryEvent]:
    """Asked for help; calls; said no."""
    referrals = {one.pk: one for one in _referrals(whose.patient.pk)}
    for referral in referrals.values():
        who = referral.referrer_organization or referral.referrer_name
        title = f"Referred by {who}" if who else "Asked for help"
        yield whose.event(referral.received_at, title, referral.reason, kind="referral", subject=referral.uid)
    for contact in _contacts(whose.patient.pk):
        mode = CONTACT_MODES.get(contact.mode, contact.mode)
        outcome = CONTACT_OUTCOMES.get(contact.outcome)
        title = f"{mode}: {(outcome.title if outcome else contact.outcome).lower()}"
        subject = referrals[contact.referral_id].uid
        yield whose.event(contact.contacted_at, title, contact.note, kind="referral", subject=subject)
    for closure in _closures(whose.patient.pk):
        reason = CLOSURE_REASONS.get(closure.reason)
        yield whose.event(
            closure.recorded_at,
            f"Referral closed: {(reason.title if reason else closure.reason).lower()}",
            closure.text,
            tone="watch",
            kind="referral",
            subject=referrals[closure.referral_id].uid,
        )


@prepared
def _referrals(patient: int) -> QuerySet[Referral]:
    return Referral.objects.filter(patient=patient)


@prepared
def _contacts(patient: int) -> QuerySet[ReferralContact]:
    return ReferralContact.objects.filter(referral__patient=patient)


@prepared
def _closures(patient: int) -> QuerySet[ReferralClosure]:
    return ReferralClosure.objects.filter(referral__patient=patient, reopened_at__isnull=True)


def assessment_events(whose: Whose) -> Iterator[StoryEvent]:
    """Intake opened and signed."""
    for assessment in _assessments(whose.patient.pk):
        yield whose.event(assessment.opened_at, "Intake opened", kind="assessment", subject=assessment.uid)
        signature = getattr(assessment, "signature", None)
        if signature:
            signer = f"{signature.practitioner.given_name} {signature.practitioner.family_name}"
            yield whose.event(
                signature.signed_at,
                "Assessment signed",
                f"{signer}, {signature.credential}",
                kind="assessment",
                subject=assessment.uid,
            )


@prepared
def _assessments(patient: int) -> QuerySet[Assessment]:
    return Assessment.objects.filter(patient=patient).select_related("signature__practitioner")


def placement_events(whose: Whose) -> Iterator[StoryEvent]:
    """Indicated and placed."""
    for decision in _placements(whose.patient.pk):
        text = f"Indicated: {level_title(decision.indicated)}."
        differs = decision.placed != decision.indicated
        if differs:
            gap = GAP_REASONS.get(decision.override_code, decision.override_code)
            text += f" Placed elsewhere: {gap}. {decision.override_text}"
        yield whose.event(
            decision.decided_at,
            f"Placed: {level_title(decision.placed)}",
            text,
            tone="watch" if differs else "plain",
            kind="placement",
            subject=decision.assessment.uid,
        )


@prepared
def _placements(patient: int) -> QuerySet[PlacementDecision]:
    return PlacementDecision.objects.filter(assessment__patient=patient).select_related("assessment")


def episode_events(whose: Whose) -> Iterator[StoryEvent]:
    """Admitted, stepped, left. The words on why are for those who see the care plan."""
    first: set[int] = set()
    for stay in _stays(whose.patient.pk):
        title = "Moved to" if stay.episode_id in first else "Admitted to"
        first.add(stay.episode_id)
        text = stay.text if "care_plan" in whose.sees else ""
        yield whose.event(
            stay.began_at, f"{title} {level_title(stay.level).lower()}", text, tone="calm", kind="episode"
        )
    if "discharge" not in whose.sees:
        for episode in Episode.objects.filter(patient=whose.patient, ended_at__isnull=False):
            yield whose.event(episode.ended_at or episode.admitted_at, "Left the program", kind="episode")


@prepared
def _stays(patient: int) -> QuerySet[Stay]:
    return Stay.objects.filter(episode__patient=patient).order_by("began_at", "pk")


def plan_events(whose: Whose) -> Iterator[StoryEvent]:
    """Plans in force and reviews."""
    for version in _plans(whose.patient.pk):
        hours = f"{version.hours_per_week:g} hours a week" if version.hours_per_week else ""
        title = "Care plan signed" if version.number == 1 else f"Care plan, version {version.number}, signed"
        signed_at = version.in_force_at or version.started_at
        yield whose.event(signed_at, title, hours, tone="calm", kind="care_plan")
    for review in _reviews(whose.patient.pk):
        outcome = REVIEW_OUTCOMES.get(review.outcome)
        title = f"Plan review: {(outcome.word if outcome else review.outcome).lower()}"
        yield whose.event(review.reviewed_at, title, review.text, kind="care_plan")


@prepared
def _plans(patient: int) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.filter(episode__patient=patient, in_force_at__isnull=False)


@prepared
def _reviews(patient: int) -> QuerySet[PlanReview]:
    return PlanReview.objects.filter(episode__patient=patient).defer("findings")


def measure_events(whose: Whose) -> Iterator[StoryEvent]:
    """Scores, those of one day in one line."""
    days: dict[date, list[MeasureResponse]] = defaultdict(list)
    for response in _responses(whose.patient.pk):
        days[local_day(response.taken_at, whose.zone)].append(response)
    for responses in days.values():
        critical = any(response.critical for response in responses)
        yield whose.event(
            responses[-1].taken_at,
            " · ".join(_score_words(response) for response in responses),
            "An answer opened the crisis path." if critical else "",
            tone="wrong" if critical else "plain",
            kind="measure",
        )


@prepared
def _responses(patient: int) -> QuerySet[MeasureResponse]:
    rows = MeasureResponse.objects.filter(patient=patient, retired_at__isnull=True)
    return rows.only("code", "taken_at", "total", "band", "critical").order_by("taken_at", "pk")


def _score_words(response: MeasureResponse) -> str:
    title, total = short_title(find(response.code)), number(response.total)
    if total is None:
        return f"{title} {response.band or 'answered'}"
    return f"{title} {total}" + (f" ({response.band})" if response.band else "")


def discharge_events(whose: Whose) -> Iterator[StoryEvent]:
    """Left, and the visit after."""
    for discharge in _discharges(whose.patient.pk):
        reason = DISCHARGE_REASONS.get(discharge.reason)
        place = f"Next: {discharge.next_place}" if discharge.next_place else ""
        yield whose.event(
            discharge.discharged_at,
            f"Discharged: {(reason.word if reason else discharge.reason).lower()}",
            place,
            tone="calm",
            kind="discharge",
            subject=discharge.episode.uid,
        )
    for visit_at, with_whom, outcome in _visits(whose.patient.pk):
        kept = {None: "Not known yet whether it was kept.", True: "Kept.", False: "Not kept."}[outcome]
        tone = {None: "plain", True: "good", False: "wrong"}[outcome]
        yield whose.event(visit_at, f"Next visit: {with_whom}", kept, tone=tone, kind="visit")


@prepared
def _discharges(patient: int) -> QuerySet[Discharge]:
    rows = Discharge.objects.filter(episode__patient=patient).defer("summary")
    return rows.select_related("episode")


@prepared
def _visits(patient: int) -> QuerySet[Any, tuple[datetime, str, bool | None]]:
    rows = with_outcome(AftercareAppointment.objects.filter(episode__patient=patient))
    return rows.values_list("visit_at", "with_whom", "kept")


Chapter = Callable[[Whose], Iterator[StoryEvent]]

# Kind of record that one must be allowed to see, and its look-up. The weeks are a chapter of their own.
CHAPTERS: tuple[tuple[str, Chapter], ...] = (
    ("referral", referral_events),
    ("assessment", assessment_events),
    ("placement", placement_events),
    ("episode", episode_events),
    ("care_plan", plan_events),
    ("measure", measure_events),
    ("discharge", discharge_events),
)
