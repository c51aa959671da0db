"""One referral with all that belongs to it, as its page shows it."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from throughcare.knowledge.referring.next_step import Clock, IntakeVisit, NextStep, next_step
from throughcare.knowledge.referring.referrals import (
    ASKED_FOR_BY,
    CLOSURE_REASONS,
    CONCERNS,
    CONTACT_MODES,
    OUTCOMES,
    SOURCES,
)
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.people.people import PersonDetails, details_of
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.referral.referral_facts import (
    clock_rules,
    first_sessions,
    intake_of,
    intake_visits,
    so_far,
    with_story,
)
from throughcare.records.referrals import Referral, ReferralDocument


@dataclass(frozen=True)
class ContactView:
    """One attempt to reach the person."""

    contacted_at: datetime
    mode: str
    outcome: str
    note: str
    by: str

    @property
    def title(self) -> str:
        """How, and what came of it."""
        return f"{self.mode}: {self.outcome[0].lower()}{self.outcome[1:]}"


@dataclass(frozen=True)
class ClosureView:
    """Why a referral ended, and whether that was taken back."""

    reason: str
    text: str
    closed_at: datetime
    by: str
    reopened_at: datetime | None


@dataclass(frozen=True)
class DocumentView:
    """What came with a referral."""

    uid: UUID
    title: str
    media_type: str
    received_at: datetime


@dataclass(frozen=True)
class ReferralPage:
    """A referral with its person, contacts, closures and documents; `assessment` is the newest one's id.

    `visit` is the session of the intake visit.
    """

    uid: UUID
    patient: UUID
    number: int
    person: PersonDetails
    site: str
    time_zone: str
    source: str
    asked_for_by: str
    referrer_name: str
    referrer_organization: str
    referrer_phone: str
    concerns: tuple[str, ...]
    urgent: tuple[str, ...]
    reason: str
    best_times: str
    received_at: datetime
    taken_by: str
    owner: str
    owner_uid: UUID | None
    step: NextStep
    clock: Clock | None
    contacts: tuple[ContactView, ...]
    closures: tuple[ClosureView, ...]
    documents: tuple[DocumentView, ...]
    assessment: UUID | None
    episode: UUID | None
    intake: IntakeVisit | None = None
    visit: UUID | None = None

    @property
    def closed(self) -> bool:
        """Whether it ended without an admission."""
        return any(closure.reopened_at is None for closure in self.closures)


def open_referral(referral: UUID, *, by: Actor, at: datetime) -> ReferralPage:
    """A referral's page. Raises `Absent`, or `CannotSee` for a role that may not see referrals."""
    rows = with_story(Referral.objects.filter(organization_id=by.organization, uid=referral))
    found = rows.select_related("patient", "recorded_by").first()
    if found is None:
        raise Absent("referral")
    open_patient(found.patient, kind="referral", by=by, at=at)
    visit = intake_visits([found]).get(found.patient_id)
    intake = intake_of(found, visit, at=at)
    story = so_far(found, first_sessions([found]).get(found.patient_id), intake)
    rules = clock_rules(by.organization, since=found.received_at, at=at)
    page = _page(found, next_step(story), rules.clock(found, story, at=at))
    return replace(page, intake=intake, visit=visit.session.uid if intake and visit else None)


def _page(found: Referral, step: NextStep, clock: Clock | None) -> ReferralPage:
    owner = next(iter(reversed(found.assignments.all())), None)
    assessment = next(iter(reversed(found.assessments.all())), None)
    episode = next(iter(found.episodes.all()), None)
    known = [CONCERNS[code] for code in found.concerns if code in CONCERNS]
    return ReferralPage(
        uid=found.uid,
        patient=found.patient.uid,
        number=found.patient.number,
        person=details_of(found.patient),
        site=found.site.name,
        time_zone=found.site.time_zone,
        source=SOURCES[found.source].title if found.source in SOURCES else found.source,
        asked_for_by=ASKED_FOR_BY.get(found.asked_for_by, found.asked_for_by),
        referrer_name=found.referrer_name,
        referrer_organization=found.referrer_organization,
        referrer_phone=found.referrer_phone,
        concerns=tuple(concern.title for concern in known),
        urgent=tuple(concern.title for concern in known if concern.urgent),
        reason=found.reason,
        best_times=found.best_times,
        received_at=found.received_at,
        taken_by=found.recorded_by.name if found.recorded_by else "",
        owner=owner.owner.name if owner else "",
        owner_uid=owner.owner.uid if owner else None,
        step=step,
        clock=clock,
        contacts=_contacts(found),
        closures=_closures(found),
        documents=_documents(found),
        assessment=assessment.uid if assessment else None,
        episode=episode.uid if episode else None,
    )


def _contacts(referral: Referral) -> tuple[ContactView, ...]:
    rows = referral.contacts.select_related("recorded_by").order_by("-contacted_at", "-pk")
    return tuple(
        ContactView(
            contacted_at=row.contacted_at,
            mode=CONTACT_MODES.get(row.mode, row.mode),
            outcome=OUTCOMES[row.outcome].title if row.outcome in OUTCOMES else row.outcome,
            note=row.note,
            by=row.recorded_by.name if row.recorded_by else "",
        )
        for row in rows
    )


def _closures(referral: Referral) -> tuple[ClosureView, ...]:
    rows = referral.closures.select_related("recorded_by").order_by("-pk")
    return tuple(
        ClosureView(
            reason=CLOSURE_REASONS[row.reason].title if row.reason in CLOSURE_REASONS else row.reason,
            text=row.text,
            closed_at=row.recorded_at,
            by=row.recorded_by.name if row.recorded_by else "",
            reopened_at=row.reopened_at,
        )
        for row in rows
    )


def _documents(referral: Referral) -> tuple[DocumentView, ...]:
    rows = referral.documents.order_by("pk").values_list("uid", "title", "media_type", "recorded_at")
    return tuple(DocumentView(*row) for row in rows)


@dataclass(frozen=True)
class DocumentContent:
    """A document, byte for byte."""

    title: str
    media_type: str
    content: bytes


def read_document(referral: UUID, document: UUID, *, by: Actor, at: datetime) -> DocumentContent:
    """A document that came with a referral."""
    found = (
        ReferralDocument.objects.select_related("referral__patient")
        .filter(organization_id=by.organization, referral__uid=referral, uid=document)
        .first()
    )
    if found is None:
        raise Absent("document")
    open_patient(found.referral.patient, kind="referral", by=by, at=at)
    return DocumentContent(found.title, found.media_type, bytes(found.content))
