"""Agreements: the documents of admission, signed on screen, with a digest of the exact words shown."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from throughcare.knowledge.agreements import (
    ADULT_AT,
    OLDEST_MINOR,
    AgreementForm,
    guardian_signs,
    is_offered,
    is_required,
    services_for,
)
from throughcare.knowledge.agreements import ALL as FORMS
from throughcare.knowledge.clinic_calendar import age_on
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, ChangedMeanwhile
from throughcare.pathway.episode.episodes import day_of, open_episode, require_running
from throughcare.pathway.prepared import prepared
from throughcare.pathway.rows import only_row
from throughcare.records.episodes import Agreement, Episode, GuardianSignature
from throughcare.records.organizations import Organization
from throughcare.records.people import RelatedPerson


@dataclass(frozen=True)
class AgreementLine:
    """One document of an episode: whether it must be signed, and by whom it was."""

    kind: str
    title: str
    version: str
    required: bool
    signed_name: str
    signed_at: datetime | None
    needs_guardian: bool = False
    guardian: "GuardianSigned | None" = None

    @property
    def is_complete(self) -> bool:
        """Whether everyone has signed who must."""
        return self.signed_at is not None and (self.guardian is not None or not self.needs_guardian)


@dataclass(frozen=True)
class GuardianSigned:
    """A parent's or guardian's signature beside a minor's."""

    signed_name: str
    relationship: str
    signed_at: datetime


@dataclass(frozen=True)
class AgreementText:
    """One document as it is signed, or as it was. `digest` is SHA-256 of `text`."""

    kind: str
    title: str
    version: str
    text: str
    digest: str
    signed_name: str
    signed_at: datetime | None
    needs_guardian: bool = False
    guardian: GuardianSigned | None = None

    @property
    def paragraphs(self) -> list[str]:
        """The text, paragraph by paragraph."""
        return [part for part in self.text.split("\n\n") if part.strip()]


def agreements_due(episode: UUID, *, by: Actor, at: datetime) -> tuple[AgreementLine, ...]:
    """Every document put before this person, in order, signed or not."""
    return agreement_lines(open_episode(episode, kind="episode", by=by, at=at))


def agreement_lines(episode: Episode) -> tuple[AgreementLine, ...]:
    """The documents of an episode that was opened already."""
    rows = episode.agreements.select_related("guardian_signature").order_by("signed_at", "pk")
    signed = {row.kind: row for row in rows}
    remote, minor = _is_remote(episode), _needs_guardian(episode)
    return tuple(
        AgreementLine(
            kind=form.kind,
            title=form.title,
            version=form.version,
            required=is_required(form, remote=remote),
            signed_name=signed[form.kind].signed_name if form.kind in signed else "",
            signed_at=signed[form.kind].signed_at if form.kind in signed else None,
            needs_guardian=minor,
            guardian=_guardian(signed.get(form.kind)),
        )
        for form in FORMS.values()
        if is_offered(form, remote=remote) or form.kind in signed
    )


def read_agreement(episode: UUID, kind: str, *, by: Actor, at: datetime) -> AgreementText:
    """The document as it was signed; before that, as it would be signed now."""
    found = open_episode(episode, kind="episode", by=by, at=at)
    form = _form(kind)
    signed = _newest(found, kind)
    minor = _needs_guardian(found)
    if signed is not None:
        return AgreementText(
            kind,
            form.title,
            signed.wording_version,
            signed.text,
            signed.digest,
            signed.signed_name,
            signed.signed_at,
            minor,
            _guardian(signed),
        )
    text = _wording(form, by=by)
    return AgreementText(kind, form.title, form.version, text, _digest(text), "", None, minor)


@transaction.atomic
def sign_agreement(
    episode: UUID, kind: str, *, signed_name: str, by: Actor, at: datetime, seen: str = ""
) -> UUID:
    """The person signs one document with their typed name. `seen` is the digest of the words on the screen.

    Raises `ChangedMeanwhile` when the wording changed since the page was opened.
    """
    found = open_episode(episode, kind="episode", by=by, at=at, verb="change")
    require_running(found)
    form = _form(kind)
    text = _wording(form, by=by)
    if not signed_name.strip():
        raise Cannot("Type your full name to sign.", field="signed_name")
    if not is_offered(form, remote=_is_remote(found)):
        raise Cannot(f"“{form.title}” is for people on a telehealth track.")
    if seen and seen != _digest(text):
        raise ChangedMeanwhile(
            "The wording changed while the page was open. Read it again before signing.",
            theirs=text,
            version=0,
            changed_by="",
        )
    try:
        with transaction.atomic():
            return Agreement.objects.create(
                organization_id=by.organization,
                episode=found,
                kind=kind,
                wording_version=form.version,
                text=text,
                digest=_digest(text),
                signed_name=" ".join(signed_name.split())[:200],
                signed_at=at,
                recorded_by_id=by.account,
                recorded_at=at,
            ).uid
    except IntegrityError as double:
        raise Cannot(f"“{form.title}” is signed already.") from double


def guardians_of(episode: UUID, *, by: Actor, at: datetime) -> tuple[tuple[UUID, str], ...]:
    """Those in the person's life who may sign beside them: public id, and name with what they are."""
    found = open_episode(episode, kind="identity", by=by, at=at)
    people = found.patient.related_people.filter(ended_at__isnull=True).order_by("pk")
    return tuple((one.uid, f"{one.name} ({one.relationship})") for one in people if _is_grown_up(one, at=at))


@transaction.atomic
def sign_as_guardian(
    episode: UUID, kind: str, related: UUID, *, signed_name: str, by: Actor, at: datetime
) -> UUID:
    """A parent or guardian (a related person) signs the words that the minor has signed."""
    found = open_episode(episode, kind="episode", by=by, at=at, verb="change")
    require_running(found)
    form, signed = _form(kind), _newest(found, kind)
    if not _needs_guardian(found):
        raise Cannot("This person signs for themself. No guardian is needed.")
    if signed is None:
        raise Cannot("The person signs first; then their parent or guardian.")
    guardian = found.patient.related_people.filter(uid=related, ended_at__isnull=True).first()
    if guardian is None:
        raise Absent("related person")
    if not _is_grown_up(guardian, at=at):
        raise Cannot("Someone under 18 can’t sign as a guardian.", field="guardian")
    if not signed_name.strip():
        raise Cannot("Type the guardian’s full name to sign.", field="signed_name")
    try:
        with transaction.atomic():
            return GuardianSignature.objects.create(
                organization_id=by.organization,
                agreement=signed,
                related_person=guardian,
                relationship=guardian.relationship,
                signed_name=" ".join(signed_name.split())[:200],
                signed_at=at,
                recorded_by_id=by.account,
                recorded_at=at,
            ).uid
    except IntegrityError as double:
        raise Cannot(f"A guardian has signed “{form.title}” already.") from double


def _newest(episode: Episode, kind: str) -> Agreement | None:
    return only_row(_newest_agreement(episode.pk, kind))


@prepared
def _newest_agreement(episode: int, kind: str) -> QuerySet[Agreement]:
    rows = Agreement.objects.select_related("guardian_signature").filter(episode=episode, kind=kind)
    return rows.order_by("-signed_at")[:1]


def _guardian(agreement: Agreement | None) -> GuardianSigned | None:
    row = getattr(agreement, "guardian_signature", None)
    return GuardianSigned(row.signed_name, row.relationship, row.signed_at) if row else None


def _needs_guardian(episode: Episode) -> bool:
    """By the age on the day of admission, and what the site's state says of the care they come for."""
    born = episode.patient.birth_date
    age = age_on(day_of(episode, episode.admitted_at), born) if born else None
    if age is None or age >= OLDEST_MINOR:
        return False
    codes = episode.diagnoses.filter(ended_at__isnull=True).values_list("code", flat=True)
    return guardian_signs(age, services=services_for(codes), state=episode.site.state)


def _is_grown_up(person: RelatedPerson, *, at: datetime) -> bool:
    return person.birth_year is None or at.year - person.birth_year >= ADULT_AT


def _form(kind: str) -> AgreementForm:
    if kind not in FORMS:
        raise Absent("agreement")
    return FORMS[kind]


def _is_remote(episode: Episode) -> bool:
    return episode.track in TRACKS and TRACKS[episode.track].remote


def _wording(form: AgreementForm, *, by: Actor) -> str:
    [name] = _name(by.organization)
    return form.text(program=name)


@prepared
def _name(organization: int) -> QuerySet[Organization, str]:
    return Organization.objects.filter(pk=organization).values_list("name", flat=True)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
