"""Agreements: the documents of admission, signed on screen, with a digest of the exact words shown."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction

from throughcare.knowledge.agreements import ALL as FORMS
from throughcare.knowledge.agreements import AgreementForm, is_offered, is_required
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, ChangedMeanwhile
from throughcare.pathway.episode.episodes import open_episode, require_running
from throughcare.records.episodes import Agreement, Episode
from throughcare.records.organizations import Organization


@dataclass(frozen=True)
class AgreementLine:
    """One document of an episode: whether it must be signed, and by whom it was."""

    kind: str
    title: str
    version: str
    required: bool
    signed_name: str
    signed_at: datetime | None


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

    @property
    def paragraphs(self) -> list[str]:
        """The text, paragraph by paragraph."""
        return [part for part in self.text.split("\n\n") if part.strip()]


def agreements_due(episode: UUID, *, by: Actor, at: datetime) -> tuple[AgreementLine, ...]:
    """Every document put before this person, in order, signed or not."""
    return agreement_lines(open_episode(episode, kind="episode", by=by, at=at))


def agreement_lines(episode: Episode) -> tuple[AgreementLine, ...]:
    """The documents of an episode that was opened already."""
    signed = {row.kind: row for row in episode.agreements.order_by("signed_at", "pk")}
    remote = _is_remote(episode)
    return tuple(
        AgreementLine(
            kind=form.kind,
            title=form.title,
            version=form.version,
            required=is_required(form, remote=remote),
            signed_name=signed[form.kind].signed_name if form.kind in signed else "",
            signed_at=signed[form.kind].signed_at if form.kind in signed else None,
        )
        for form in FORMS.values()
        if is_offered(form, remote=remote) or form.kind in signed
    )


def read_agreement(episode: UUID, kind: str, *, by: Actor, at: datetime) -> AgreementText:
    """The document as it was signed; before that, as it would be signed now."""
    found = open_episode(episode, kind="episode", by=by, at=at)
    form = _form(kind)
    signed = found.agreements.filter(kind=kind).order_by("-signed_at").first()
    if signed is not None:
        return AgreementText(
            kind,
            form.title,
            signed.wording_version,
            signed.text,
            signed.digest,
            signed.signed_name,
            signed.signed_at,
        )
    text = _wording(form, by=by)
    return AgreementText(kind, form.title, form.version, text, _digest(text), "", None)


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


def _form(kind: str) -> AgreementForm:
    if kind not in FORMS:
        raise Absent("agreement")
    return FORMS[kind]


def _is_remote(episode: Episode) -> bool:
    return episode.track in TRACKS and TRACKS[episode.track].remote


def _wording(form: AgreementForm, *, by: Actor) -> str:
    return form.text(program=Organization.objects.get(pk=by.organization).name)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
