"""Plan reviews: drafted from what happened since the last one, edited and signed by a clinician."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.planning.care_plans import may_sign_plan
from throughcare.knowledge.planning.plan_reviews import HELD_BECAUSE, OUTCOMES, PlanDue
from throughcare.knowledge.planning.review_drafts import Findings, draft_text
from throughcare.knowledge.verdict import Allowed, Refused, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.care_plan.care_plan import last_in_force
from throughcare.pathway.care_plan.plan_dues import due_of
from throughcare.pathway.care_plan.review_findings import gather_findings
from throughcare.pathway.episode.episodes import day_of, open_episode, require_running
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.records.care_plans import PlanReview, PlanVersion
from throughcare.records.episodes import Episode


@dataclass(frozen=True)
class ReviewDraft:
    """A review to edit: the findings, a first text, why it is held, and whether `by` may sign it."""

    episode: UUID
    findings: Findings
    text: str
    because: str
    due: PlanDue | None
    on: date
    may_sign: Verdict


@dataclass(frozen=True)
class HeldReview:
    """A review that was signed. `findings` are as they were that day."""

    uid: UUID
    patient: UUID
    reviewed_at: datetime
    because: str
    outcome: str
    next_step: str
    text: str
    findings: dict[str, Any]
    by: str
    plan_number: int
    time_zone: str


def draft_review(episode: UUID, *, by: Actor, at: datetime) -> ReviewDraft:
    """The review of this episode's plan as of now. Raises `Cannot` while no plan is in force."""
    found = open_episode(episode, kind="care_plan", by=by, at=at)
    findings = _findings(found, at=at)
    due = due_of(found, at=at)
    on = day_of(found, at)
    return ReviewDraft(
        episode=found.uid,
        findings=findings,
        text=draft_text(findings),
        because=due.rule if due and due.is_due(on) else "asked",
        due=due,
        on=on,
        may_sign=_may_sign(by),
    )


@transaction.atomic
def sign_review(episode: UUID, *, text: str, outcome: str, because: str, by: Actor, at: datetime) -> UUID:
    """Sign the review with its outcome; the findings are kept with it and the next one is counted from now."""
    found = open_episode(episode, kind="care_plan", by=by, at=at, verb="change")
    require_running(found)
    require(_may_sign(by))
    if by.practitioner is None:  # refused above; said again for the type
        raise Cannot("A review is signed by a practitioner.")
    if not text.strip():
        raise Cannot("Write what the review found.", field="text")
    if outcome not in OUTCOMES:
        raise Cannot("Choose what follows from the review.", field="outcome")
    if because not in HELD_BECAUSE:
        raise Cannot("Say why the review is held.", field="because")
    version = _plan(found)
    return PlanReview.objects.create(
        organization_id=by.organization,
        episode=found,
        version=version,
        reviewed_at=at,
        because=because,
        findings=_plain(_findings(found, at=at)),
        text=text.strip(),
        outcome=outcome,
        practitioner_id=by.practitioner,
        credential=by.credential,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def held_review(review: UUID, *, by: Actor, at: datetime) -> HeldReview:
    """A review that was signed."""
    row = (
        PlanReview.objects.select_related("episode__patient", "episode__site", "practitioner", "version")
        .filter(organization_id=by.organization, uid=review)
        .first()
    )
    if row is None:
        raise Absent("plan review")
    open_patient(row.episode.patient, kind="care_plan", by=by, at=at)
    return _held(row)


def reviews_of(episode: UUID, *, by: Actor, at: datetime) -> tuple[HeldReview, ...]:
    """The reviews of an episode, newest first."""
    found = open_episode(episode, kind="care_plan", by=by, at=at)
    rows = found.plan_reviews.select_related("episode__patient", "episode__site", "practitioner", "version")
    return tuple(_held(row) for row in rows.order_by("-reviewed_at", "-pk"))


def _held(row: PlanReview) -> HeldReview:
    who = row.practitioner
    return HeldReview(
        uid=row.uid,
        patient=row.episode.patient.uid,
        reviewed_at=row.reviewed_at,
        because=HELD_BECAUSE.get(row.because, row.because),
        outcome=OUTCOMES[row.outcome].word,
        next_step=OUTCOMES[row.outcome].next_step,
        text=row.text,
        findings=row.findings,
        by=f"{who.given_name} {who.family_name}, {row.credential}",
        plan_number=row.version.number,
        time_zone=row.episode.site.time_zone,
    )


def _may_sign(by: Actor) -> Verdict:
    allowed = may_access("care_plan", by=by, verb="change")
    if isinstance(allowed, Refused):
        return allowed
    if by.practitioner is None:
        return Refused("A review is signed by a practitioner with a recorded credential.")
    signing = may_sign_plan(by.credential)
    return signing if isinstance(signing, Refused) else Allowed()


def _plan(episode: Episode) -> PlanVersion:
    version = last_in_force(episode)
    if version is None:
        raise Cannot("There is no plan in force to review. Sign the care plan first.")
    version.episode = episode
    return version


def _findings(episode: Episode, *, at: datetime) -> Findings:
    last = episode.plan_reviews.order_by("-reviewed_at").first()
    zone = episode.site.time_zone
    until = day_of(episode, at)
    since = local_day(episode.admitted_at, zone)
    if last is not None:
        # The day of the last review belongs to it, unless this one is held on the same day.
        since = min(local_day(last.reviewed_at, zone) + timedelta(days=1), until)
    return gather_findings(_plan(episode), since=since, until=until, at=at)


def _plain(findings: Findings) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(asdict(findings), cls=DjangoJSONEncoder))
    return plain
