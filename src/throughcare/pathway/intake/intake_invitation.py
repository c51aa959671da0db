"""The link with which a person fills in their own part of the intake; only the token's digest is kept."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import age_on, local_day
from throughcare.knowledge.intake.sections import BY_CODE, page_title, patient_pages
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.intake.intake_answers import (
    SectionView,
    open_assessment_row,
    sections_said,
    write_answers,
)
from throughcare.pathway.measure.measure import keep_measure, refuse_when_signed
from throughcare.pathway.measure.measure_view import MeasureView, view_measures
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.program_settings import number
from throughcare.records.assessments import Assessment, IntakeInvitation
from throughcare.records.measures import MeasureResponse


@dataclass(frozen=True)
class IntakePage:
    """One page of the person's part."""

    code: str
    title: str
    is_questionnaire: bool
    done: bool


@dataclass(frozen=True)
class IntakeVisit:
    """What a link opens: whom it greets, which pages there are and how far the person is."""

    first_name: str
    neutral_name: str
    phone: str
    expires_at: datetime
    time_zone: str
    pages: tuple[IntakePage, ...]

    @property
    def next_page(self) -> IntakePage | None:
        """The first page that is not done."""
        return next((page for page in self.pages if not page.done), None)

    @property
    def done(self) -> int:
        """How many pages are done."""
        return sum(page.done for page in self.pages)

    def after(self, code: str) -> IntakePage | None:
        """The page that follows this one, done or not."""
        codes = [page.code for page in self.pages]
        place = codes.index(code) + 1
        return self.pages[place] if place < len(self.pages) else None

    def before(self, code: str) -> IntakePage | None:
        """The page before this one."""
        place = [page.code for page in self.pages].index(code)
        return self.pages[place - 1] if place else None


@transaction.atomic
def invite_to_intake(assessment: UUID, *, by: Actor, at: datetime) -> str:
    """Make a new link and end the one before; the token, which is told once and not kept."""
    row = open_assessment_row(assessment, by=by, at=at, verb="change")
    refuse_when_signed(row.pk)
    end_invitations(row, at=at)
    token = secrets.token_urlsafe(32)
    day = local_day(at, row.site.time_zone)
    days = number("intake.link_days", organization=row.organization_id, on=day)
    IntakeInvitation.objects.create(
        organization_id=row.organization_id,
        recorded_by_id=by.account,
        recorded_at=at,
        assessment=row,
        token_digest=_digest(token),
        expires_at=at + timedelta(days=days),
    )
    return token


def end_invitations(row: Assessment, *, at: datetime) -> None:
    """End every open link of an assessment; for pathway modules only."""
    row.invitations.filter(ended_at__isnull=True).update(ended_at=at)


def open_by_token(token: str, *, at: datetime) -> IntakeVisit:
    """What the link opens. Raises `Absent` alike for a token that is unknown, ended or expired."""
    invitation, _ = _open(token, at=at)
    return _visit(invitation)


def section_by_token(token: str, section: str, *, at: datetime) -> SectionView:
    """A section of the person's part as it stands, with what the program knew before."""
    invitation, _ = _open(token, at=at)
    _require_page(invitation, section, is_questionnaire=False)
    return sections_said(invitation.assessment, [section])[section]


@transaction.atomic
def answer_by_token(
    token: str, section: str, answers: Mapping[str, object], *, seen_version: int, at: datetime
) -> int:
    """Keep what the person said in a section; its version."""
    invitation, person = _open(token, at=at, verb="change")
    _require_page(invitation, section, is_questionnaire=False)
    return write_answers(
        invitation.assessment,
        section,
        answers,
        said_by="patient",
        by=person,
        at=at,
        seen_version=seen_version,
    )


def measure_by_token(token: str, code: str, *, at: datetime) -> MeasureView | None:
    """What the person answered to a questionnaire of their part before, if they did."""
    invitation, _ = _open(token, at=at)
    _require_page(invitation, code, is_questionnaire=True)
    before = _answered(invitation.assessment, code)
    return view_measures([before])[0] if before else None


@transaction.atomic
def take_measure_by_token(
    token: str,
    code: str,
    answers: Sequence[object],
    *,
    at: datetime,
    context: Mapping[str, Any] | None = None,
) -> MeasureView:
    """Record a questionnaire that the person filled in; answering again corrects what they said before."""
    invitation, person = _open(token, at=at, verb="change")
    _require_page(invitation, code, is_questionnaire=True)
    row = Assessment.objects.select_for_update().select_related("patient").get(pk=invitation.assessment_id)
    refuse_when_signed(row.pk)
    before = _answered(row, code)
    if before is not None and before.answers == list(answers):
        return view_measures([before])[0]
    if before is not None and before.recorded_by_id is not None:
        raise Cannot("Your clinic has filled this in with you already. Go on to the next page.")
    kept = keep_measure(
        row.patient,
        code,
        answers,
        mode="self",
        by=person,
        at=at,
        context=context,
        assessment=row,
        corrects=before,
    )
    if before is not None:
        before.retired_at = at
        before.save(update_fields=["retired_at"])
    return view_measures([kept])[0]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _open(token: str, *, at: datetime, verb: str = "see") -> tuple[IntakeInvitation, Actor]:
    """The invitation behind a token and the person who holds it, as an actor who may reach their own intake."""
    found = (
        IntakeInvitation.objects.select_related(
            "organization",
            "assessment__patient",
            "assessment__site",
            "assessment__referral",
        )
        .filter(token_digest=_digest(token), ended_at__isnull=True, expires_at__gt=at)
        .first()
    )
    if found is None:
        raise Absent("invitation")
    person = Actor(
        organization=found.organization_id,
        roles=frozenset({"patient"}),
        name=found.assessment.patient.given_name,
        surface="intake link",
    )
    open_patient(found.assessment.patient, kind="intake", by=person, at=at, verb=verb)
    return found, person


def _pages(invitation: IntakeInvitation) -> tuple[str, ...]:
    """The pages for this person. Age as of the invitation, so that a birthday in between changes nothing."""
    assessment = invitation.assessment
    born = assessment.patient.birth_date
    day = local_day(invitation.recorded_at, assessment.site.time_zone)
    return patient_pages(age_on(day, born) if born else None)


def _require_page(invitation: IntakeInvitation, code: str, *, is_questionnaire: bool) -> None:
    if code not in _pages(invitation) or (code not in BY_CODE) != is_questionnaire:
        raise Absent("page")


def _answered(assessment: Assessment, code: str) -> MeasureResponse | None:
    return (
        MeasureResponse.objects.select_related("patient", "recorded_by", "corrects")
        .filter(assessment=assessment, code=code, retired_at__isnull=True)
        .order_by("-taken_at", "-pk")
        .first()
    )


def _visit(invitation: IntakeInvitation) -> IntakeVisit:
    assessment = invitation.assessment
    said = set(assessment.answers.values_list("section", flat=True))
    taken = set(assessment.measures.filter(retired_at__isnull=True).values_list("code", flat=True))
    return IntakeVisit(
        first_name=assessment.patient.preferred_name or assessment.patient.given_name,
        neutral_name=invitation.organization.neutral_name,
        phone=assessment.site.phone or invitation.organization.phone,
        expires_at=invitation.expires_at,
        time_zone=assessment.site.time_zone,
        pages=tuple(
            IntakePage(code, page_title(code), code not in BY_CODE, code in said | taken)
            for code in _pages(invitation)
        ),
    )
