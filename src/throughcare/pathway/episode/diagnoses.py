"""Diagnoses of an episode (ICD-10-CM): ranked, the principal one first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from throughcare.knowledge.diagnoses import find_diagnosis
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.episode.episodes import open_episode, open_last_episode, require_running
from throughcare.pathway.prepared import prepared
from throughcare.records.episodes import Diagnosis, Episode

PRINCIPAL = 1


@dataclass(frozen=True)
class DiagnosisLine:
    """One diagnosis of an episode; `ended_at` is None while it stands."""

    uid: UUID
    code: str
    title: str
    rank: int
    by: str
    since: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class DiagnosesOfPatient:
    """The diagnoses of a patient's open (else last) episode."""

    episode: UUID
    is_running: bool
    lines: tuple[DiagnosisLine, ...]

    @property
    def standing(self) -> tuple[DiagnosisLine, ...]:
        """Those that stand, the principal one first."""
        return tuple(line for line in self.lines if line.ended_at is None)

    @property
    def ended(self) -> tuple[DiagnosisLine, ...]:
        """Those that no longer stand."""
        return tuple(line for line in self.lines if line.ended_at is not None)


def diagnoses_of_patient(patient: UUID, *, by: Actor, at: datetime) -> DiagnosesOfPatient | None:
    """The diagnoses of the patient's open (else last) episode; None for someone never admitted."""
    episode = open_last_episode(patient, kind="diagnosis", by=by, at=at)
    if episode is None:
        return None
    return DiagnosesOfPatient(episode.uid, episode.ended_at is None, diagnosis_lines(episode))


def diagnoses_of(episode: UUID, *, by: Actor, at: datetime) -> tuple[DiagnosisLine, ...]:
    """The diagnoses of an episode: those that stand by rank, then those that ended."""
    return diagnosis_lines(open_episode(episode, kind="diagnosis", by=by, at=at))


def diagnosis_lines(episode: Episode) -> tuple[DiagnosisLine, ...]:
    """The diagnoses of an episode that was opened already."""
    lines = [
        DiagnosisLine(
            uid=row.uid,
            code=row.code,
            title=row.title,
            rank=row.rank,
            by=f"{row.practitioner.given_name} {row.practitioner.family_name}, {row.practitioner.credential}",
            since=row.recorded_at,
            ended_at=row.ended_at,
        )
        for row in _made(episode.pk)
    ]
    return tuple(sorted(lines, key=lambda line: (line.ended_at is not None, line.rank)))


@prepared
def _made(episode: int) -> QuerySet[Diagnosis]:
    rows = Diagnosis.objects.select_related("practitioner").filter(episode=episode)
    return rows.order_by("rank", "pk")


@transaction.atomic
def diagnose(episode: UUID, code: str, *, by: Actor, at: datetime, rank: int | None = None) -> UUID:
    """Enter a diagnosis at a rank (default: last). Those at and after that rank move down by one."""
    found = _open_for_change(episode, by=by, at=at)
    if by.practitioner is None:
        raise Cannot("A diagnosis is made by a practitioner with a recorded credential.")
    known = find_diagnosis(code)
    if known is None:
        raise Cannot(f"“{code[:20]}” is not an ICD-10-CM code. Search by words.", field="code")
    if not known.is_billable:
        raise Cannot(f"{known.code} heads a group of codes. Choose one of those below it.", field="code")
    standing = _standing(found)
    place = min(max(rank or len(standing) + 1, PRINCIPAL), len(standing) + 1)
    try:
        with transaction.atomic():
            row = Diagnosis.objects.create(
                organization_id=by.organization,
                episode=found,
                code=known.code,
                title=known.description[:300],
                rank=place,
                practitioner_id=by.practitioner,
                recorded_by_id=by.account,
                recorded_at=at,
            )
    except IntegrityError as double:
        raise Cannot(f"{known.code} stands in this episode already.", field="code") from double
    standing.insert(place - 1, row)
    _number(standing)
    return row.uid


@transaction.atomic
def rank_diagnosis(diagnosis: UUID, *, rank: int, by: Actor, at: datetime) -> None:
    """Move a diagnosis to a rank; 1 makes it the principal one."""
    row = _open_diagnosis(diagnosis, by=by, at=at)
    standing = [one for one in _standing(row.episode) if one.pk != row.pk]
    place = min(max(rank, PRINCIPAL), len(standing) + 1)
    standing.insert(place - 1, row)
    _number(standing)


@transaction.atomic
def end_diagnosis(diagnosis: UUID, *, by: Actor, at: datetime) -> None:
    """A diagnosis no longer stands: resolved, or entered in error. The next in rank moves up."""
    row = _open_diagnosis(diagnosis, by=by, at=at)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    _number(_standing(row.episode))


def _open_for_change(episode: UUID, *, by: Actor, at: datetime) -> Episode:
    found = open_episode(episode, kind="diagnosis", by=by, at=at, verb="change")
    require_running(found)
    return found


def _open_diagnosis(diagnosis: UUID, *, by: Actor, at: datetime) -> Diagnosis:
    row = (
        Diagnosis.objects.select_related("episode")
        .filter(organization_id=by.organization, uid=diagnosis)
        .first()
    )
    if row is None:
        raise Absent("diagnosis")
    _open_for_change(row.episode.uid, by=by, at=at)
    if row.ended_at is not None:
        raise Cannot(f"{row.code} has ended already.")
    return row


def _standing(episode: Episode) -> list[Diagnosis]:
    return _held(episode.pk)


@prepared
def _held(episode: int) -> QuerySet[Diagnosis]:
    return Diagnosis.objects.filter(episode=episode, ended_at__isnull=True).order_by("rank", "pk")


def _number(standing: list[Diagnosis]) -> None:
    moved = []
    for rank, row in enumerate(standing, start=PRINCIPAL):
        if row.rank != rank:
            row.rank = rank
            moved.append(row)
    Diagnosis.objects.bulk_update(moved, ["rank"])
