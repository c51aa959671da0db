"""Consents as pages show them: in force, ended, taken back, replaced, or still drafts with what they lack."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from throughcare.knowledge.privacy.consent import ConsentFacts, ended_at, may_revoke
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
from throughcare.knowledge.privacy.recipients import ALL as RECIPIENTS
from throughcare.knowledge.privacy.understanding import Question, questions_for
from throughcare.knowledge.privacy.weighing import is_replaced
from throughcare.knowledge.privacy.wording import form_words
from throughcare.knowledge.verdict import Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.privacy.consent import (
    is_understood,
    lacks_besides_signatures,
    open_consent,
    site_of,
)
from throughcare.pathway.privacy.consents_kept import facts_of
from throughcare.pathway.privacy.desk import open_list, open_patient, sites_for
from throughcare.records.consents import Consent
from throughcare.records.people import Patient

ENDING_WITHIN = timedelta(days=30)
STANDINGS = ("draft", "in_force", "replaced", "taken_back", "ended", "withdrawn")


@dataclass(frozen=True)
class SignatureSeen:
    """A name under a consent; `drawn` is an SVG path of at most 600 by 200, empty when typed or on paper."""

    party: str
    name: str
    means: str
    drawn: str
    proof: str
    witness: str
    signed_at: datetime


@dataclass(frozen=True)
class ConsentView:
    """One consent, whole. `plain` words are said to the patient, the others to staff."""

    uid: UUID
    patient: UUID
    patient_name: str
    time_zone: str
    form: str
    title: str
    standing: str
    recipient: str
    recipient_plain: str
    kinds: tuple[str, ...]
    kinds_plain: tuple[str, ...]
    purposes: tuple[str, ...]
    purposes_plain: tuple[str, ...]
    lacks: tuple[str, ...]
    still_to_sign: tuple[str, ...]
    is_understood: bool
    questions: tuple[Question, ...]
    drafted_at: datetime
    given_at: datetime | None
    ends_at: datetime | None
    ends_when: str
    never_ends: bool
    revoked_at: datetime | None
    revoked_how: str
    revoked_words: str
    may_revoke: Verdict
    text: str
    language: str
    wording_version: str
    digest: str
    signatures: tuple[SignatureSeen, ...]

    @property
    def paragraphs(self) -> list[str]:
        """The document paragraph by paragraph, without its title."""
        return [part for part in self.text.split("\n\n") if part.strip()][1:]

    @property
    def last_moment(self) -> datetime | None:
        """A moment on the last day that it counts."""
        return self.ends_at - timedelta(microseconds=1) if self.ends_at else None

    @property
    def awaits_event(self) -> bool:
        """Whether it ends with an event that hasn't come yet."""
        return self.standing == "in_force" and bool(self.ends_when)


def consents_of_patient(patient: UUID, *, by: Actor, at: datetime) -> tuple[ConsentView, ...]:
    """Every consent of a patient, drafts first, then those in force, then the others; newest first."""
    found = open_patient(patient, kind="consent", by=by, at=at)
    views = _views(_rows().filter(patient=found).order_by("-pk"), found, at=at)
    return tuple(sorted(views, key=lambda view: STANDINGS.index(view.standing)))


def consent_view(consent: UUID, *, by: Actor, at: datetime) -> ConsentView:
    """One consent; opens the patient's record. Raises `Absent`."""
    row = open_consent(consent, by=by, at=at)
    views = _views(_rows().filter(patient=row.patient).order_by("-pk"), row.patient, at=at)
    return next(view for view in views if view.uid == row.uid)


def _rows() -> QuerySet[Consent]:
    return Consent.objects.select_related(
        "patient", "recipient", "related_person", "revocation", "event"
    ).prefetch_related("signatures__witness")


def _views(rows: Collection[Consent], patient: Patient, *, at: datetime) -> list[ConsentView]:
    site = site_of(patient)
    zone = site.time_zone if site else "UTC"
    facts = {row.pk: facts_of(row) for row in rows}
    counted = [facts[row.pk] for row in rows if row.withdrawn_at is None]
    return [
        _view(row, facts[row.pk], _standing(row, facts[row.pk], counted, at=at), zone=zone, at=at)
        for row in rows
    ]


def _standing(row: Consent, facts: ConsentFacts, counted: Collection[ConsentFacts], *, at: datetime) -> str:
    """The first of the words that is true of a consent at this moment."""
    ended = ended_at(facts)
    if row.withdrawn_at is not None:
        return "withdrawn"
    if facts.given_at is None:
        return "draft"
    if facts.revoked_at is not None:
        return "taken_back"
    if ended is not None and ended <= at:
        return "ended"
    return "replaced" if is_replaced(facts, counted, at) else "in_force"


def _view(row: Consent, facts: ConsentFacts, standing: str, *, zone: str, at: datetime) -> ConsentView:
    draft = standing == "draft"
    signed = {one.party for one in row.signatures.all()}
    revocation = getattr(row, "revocation", None)
    classes = [RECIPIENTS[one] for one in RECIPIENTS if one in facts.recipient_classes]
    kinds = [KINDS[one] for one in KINDS if one in facts.kinds]
    purposes = [PURPOSES[one] for one in PURPOSES if one in facts.purposes]
    return ConsentView(
        uid=row.uid,
        patient=row.patient.uid,
        patient_name=facts.patient_name,
        time_zone=zone,
        form=row.form,
        title=form_words(row.form, row.language).title,
        standing=standing,
        recipient=facts.recipient_name or "; ".join(one.words for one in classes),
        recipient_plain=facts.recipient_name or "; ".join(_(one.plain) for one in classes),
        kinds=tuple(one.words for one in kinds),
        kinds_plain=tuple(one.plain for one in kinds),
        purposes=tuple(one.words for one in purposes),
        purposes_plain=tuple(one.plain for one in purposes),
        lacks=lacks_besides_signatures(facts, at=at) if draft else (),
        still_to_sign=tuple(sorted(facts.signers - signed, reverse=True)) if draft else (),
        is_understood=is_understood(row),
        questions=questions_for(facts),
        drafted_at=row.recorded_at,
        given_at=row.given_at,
        ends_at=ended_at(facts),
        ends_when=row.ends_when,
        never_ends=row.never_ends,
        revoked_at=facts.revoked_at,
        revoked_how=revocation.how if revocation else "",
        revoked_words=revocation.words if revocation else "",
        may_revoke=may_revoke(facts, at),
        text=row.text,
        language=row.language,
        wording_version=row.wording_version,
        digest=row.digest,
        signatures=tuple(_signatures(row)),
    )


def _signatures(row: Consent) -> list[SignatureSeen]:
    return [
        SignatureSeen(
            one.party,
            one.signed_name,
            one.means,
            one.drawn,
            one.proof,
            one.witness.name if one.witness else "",
            one.signed_at,
        )
        for one in sorted(row.signatures.all(), key=lambda signature: signature.pk)
    ]


@dataclass(frozen=True)
class Ending:
    """A consent in force that ends soon."""

    consent: UUID
    patient: UUID
    name: str
    title: str
    recipient: str
    ends_at: datetime

    @property
    def last_moment(self) -> datetime:
        """A moment on the last day that it counts."""
        return self.ends_at - timedelta(microseconds=1)


def consents_ending(*, by: Actor, at: datetime, within: timedelta = ENDING_WITHIN) -> tuple[Ending, ...]:
    """Consents in force that end by themselves within some days, the next one first."""
    rows = _rows().filter(
        organization_id=by.organization,
        given_at__isnull=False,
        revocation__isnull=True,
        event__isnull=True,
        expires_at__gt=at,
        expires_at__lte=at + within,
    )
    sites = sites_for("consent", by=by)
    if sites is not None:
        rows = rows.filter(patient__episodes__site__in=sites).distinct()
    found = list(rows.order_by("expires_at", "pk"))
    open_list("consent", [row.patient_id for row in found], by=by, at=at)
    lines = [(row, facts_of(row)) for row in found]
    return tuple(
        Ending(
            row.uid,
            row.patient.uid,
            facts.patient_name,
            form_words(row.form, row.language).title,
            facts.recipient_name
            or "; ".join(sorted(RECIPIENTS[one].words for one in facts.recipient_classes)),
            ended_at(facts) or at,
        )
        for row, facts in lines
    )
