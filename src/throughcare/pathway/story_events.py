"""What happened to a person, kind by kind: each function is one look-up and gives events in any order."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.discharge import ALL as DISCHARGE_REASONS
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.questionnaires.library import find
from throughcare.pathway.measure_view import short_title
from throughcare.records.assessments import Assessment
from throughcare.records.attendance import Attendance
from throughcare.records.care_plans import PlanReview, PlanVersion
from throughcare.records.discharges import AftercareAppointment, Discharge
from throughcare.records.episodes import Stay
from throughcare.records.measures import MeasureResponse
from throughcare.records.people import Patient
from throughcare.records.placements import PlacementDecision
from throughcare.records.referrals import Referral, ReferralClosure, ReferralContact


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


@dataclass(frozen=True)
class Whose:
    """The person and the zone whose days the story is told in."""

    patient: Patient
    zone: str

    def event(self, at: datetime, title: str, text: str = "", **more: object) -> StoryEvent:
        """An event on this person's days."""
        return StoryEvent(at, local_day(at, self.zone), title, text, **more)  # type: ignore[arg-type]


def referral_events(whose: Whose) -> Iterator[StoryEvent]:
    """Asked for help; calls; said no."""
    for referral in Referral.objects.filter(patient=whose.patient):
        who = referral.referrer_organization or referral.referrer_name
        title = f"Referred by {who}" if who else "Asked for help"
        yield whose.event(referral.received_at, title, referral.reason, kind="referral", subject=referral.uid)
    for contact in ReferralContact.objects.filter(referral__patient=whose.patient).select_related("referral"):
        outcome = contact.outcome.replace("_", " ").replace("-", " ")
        yield whose.event(
            contact.contacted_at,
            f"{contact.mode.capitalize()}: {outcome}",
            contact.note,
            kind="referral",
            subject=contact.referral.uid,
        )
    for closure in ReferralClosure.objects.filter(referral__patient=whose.patient, reopened_at__isnull=True):
        reason = closure.reason.replace("_", " ")
        yield whose.event(closure.recorded_at, f"Referral closed: {reason}", closure.text, tone="watch")


def assessment_events(whose: Whose) -> Iterator[StoryEvent]:
    """Intake opened and signed."""
    rows = Assessment.objects.filter(patient=whose.patient).select_related("signature__practitioner")
    for assessment in rows:
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


def placement_events(whose: Whose) -> Iterator[StoryEvent]:
    """Indicated and placed."""
    rows = PlacementDecision.objects.filter(assessment__patient=whose.patient).select_related("assessment")
    for decision in rows:
        indicated = LEVELS[decision.indicated].title if decision.indicated in LEVELS else "not known"
        differs = decision.placed != decision.indicated
        because = (
            f" ({decision.override_code.replace('_', ' ')}: {decision.override_text})" if differs else ""
        )
        yield whose.event(
            decision.decided_at,
            f"Placed: {LEVELS[decision.placed].title}",
            f"Indicated: {indicated}{because}",
            tone="watch" if differs else "plain",
            kind="placement",
            subject=decision.assessment.uid,
        )


def episode_events(whose: Whose) -> Iterator[StoryEvent]:
    """Admitted, stepped, and where to."""
    first: set[int] = set()
    rows = Stay.objects.filter(episode__patient=whose.patient).order_by("began_at", "pk")
    for stay in rows:
        admitted = stay.episode_id not in first
        first.add(stay.episode_id)
        title = "Admitted to" if admitted else "Moved to"
        yield whose.event(
            stay.began_at, f"{title} {LEVELS[stay.level].title}", stay.text, tone="calm", kind="episode"
        )


def plan_events(whose: Whose) -> Iterator[StoryEvent]:
    """Plans in force and reviews."""
    versions = PlanVersion.objects.filter(episode__patient=whose.patient, in_force_at__isnull=False)
    for version in versions:
        hours = f"{version.hours_per_week:g} hours a week" if version.hours_per_week else ""
        assert version.in_force_at is not None  # noqa: S101  # the filter says so
        title = "Care plan signed" if version.number == 1 else f"Care plan, version {version.number}, signed"
        yield whose.event(version.in_force_at, title, hours, tone="calm", kind="care_plan")
    for review in PlanReview.objects.filter(episode__patient=whose.patient):
        title = f"Plan review: {review.outcome.replace('_', ' ')}"
        yield whose.event(review.reviewed_at, title, review.text, kind="care_plan")


def week_events(whose: Whose) -> Iterator[StoryEvent]:
    """Each week's sessions in one line."""
    weeks: dict[date, list[tuple[str, int, bool]]] = defaultdict(list)
    rows = Attendance.objects.filter(patient=whose.patient, retired_at__isnull=True)
    for day, status, minutes, counts in rows.values_list("local_day", "status", "minutes", "counts"):
        weeks[week_of(day)].append((status, minutes, counts))
    for monday, sessions in weeks.items():
        came = sum(STATUSES[status].minutes_count for status, _, _ in sessions)
        hours = sum(minutes for _, minutes, counts in sessions if counts) / 60
        missed = sum(status == "no_show" for status, _, _ in sessions)
        words = f"{hours:g} hours" + (f", {missed} missed without a word" if missed else "")
        at = datetime.combine(monday, time(0), tzinfo=ZoneInfo(whose.zone))
        title = f"{came} of {len(sessions)} sessions"
        yield StoryEvent(at, monday, title, words, "watch" if missed else "plain", "attendance")


def measure_events(whose: Whose) -> Iterator[StoryEvent]:
    """Scores, those of one day in one line."""
    days: dict[date, list[MeasureResponse]] = defaultdict(list)
    rows = MeasureResponse.objects.filter(patient=whose.patient, retired_at__isnull=True)
    for response in rows.order_by("taken_at"):
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


def _score_words(response: MeasureResponse) -> str:
    title = short_title(find(response.code))
    total = "not scored" if response.total is None else f"{response.total:g}"
    return f"{title} {total}" + (f" ({response.band})" if response.band else "")


def discharge_events(whose: Whose) -> Iterator[StoryEvent]:
    """Left, and the visit after."""
    for discharge in Discharge.objects.filter(episode__patient=whose.patient):
        reason = DISCHARGE_REASONS[discharge.reason].word
        place = f"Next: {discharge.next_place}" if discharge.next_place else ""
        yield whose.event(
            discharge.discharged_at, f"Discharged: {reason.lower()}", place, tone="calm", kind="discharge"
        )
    for visit in AftercareAppointment.objects.filter(episode__patient=whose.patient):
        kept = {None: "not known yet whether kept", True: "kept", False: "not kept"}[visit.kept]
        yield whose.event(
            visit.visit_at, f"Next visit: {visit.with_whom}", kept.capitalize(), kind="discharge"
        )


# Kind of record that one must be allowed to see, and its look-up.
CHAPTERS: tuple[tuple[str, Callable[[Whose], Iterator[StoryEvent]]], ...] = (
    ("referral", referral_events),
    ("assessment", assessment_events),
    ("placement", placement_events),
    ("episode", episode_events),
    ("care_plan", plan_events),
    ("attendance", week_events),
    ("measure", measure_events),
    ("discharge", discharge_events),
)
