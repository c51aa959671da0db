"""The care plan as a document: what it says, what stands against signing it, who signed, what came before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.hours import number
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.planning.care_plans import clinical_hours, may_sign_plan, plan_warnings
from throughcare.knowledge.planning.plan_reviews import PlanDue
from throughcare.knowledge.planning.session_mixes import SessionMix, mixes_for
from throughcare.knowledge.verdict import Allowed, Refused, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_plan.care_plan import (
    PlanRules,
    draft_of,
    last_in_force,
    open_version,
    refusals_of,
    rules_for,
)
from throughcare.pathway.care_plan.plan_content import PlanContent, digest_of, read_content
from throughcare.pathway.care_plan.plan_dose import dose_on_screen
from throughcare.pathway.care_plan.plan_dues import due_of
from throughcare.pathway.episode.episodes import day_of, open_last_episode
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import may_access
from throughcare.records.attendance import Attendance
from throughcare.records.care_plans import Objective, PlanSignature, PlanVersion
from throughcare.records.episodes import Episode
from throughcare.records.measures import MeasureResponse

ATTENDANCE_WINDOW_DAYS = 28


@dataclass(frozen=True)
class SignatureLine:
    """Who signed a version, as what, when."""

    party: str
    name: str
    credential: str
    signed_at: datetime


@dataclass(frozen=True)
class VersionLine:
    """One version in the history of a plan; `status` is draft, in_force, superseded or set_aside."""

    uid: UUID
    number: int
    status: str
    started_at: datetime
    in_force_at: datetime | None


@dataclass(frozen=True)
class PlanView:
    """One version of a plan, whole."""

    uid: UUID
    patient: UUID
    episode: UUID
    number: int
    status: str
    level_title: str
    time_zone: str
    content: PlanContent
    clinical_hours: str
    other_hours: str
    refusals: tuple[Refused, ...]
    warnings: tuple[str, ...]
    signatures: tuple[SignatureLine, ...]
    digest: str
    dose_seen: str
    mixes: tuple[SessionMix, ...]
    may_change: Verdict
    may_sign: Verdict
    on: date

    @property
    def signing(self) -> Verdict:
        """Whether the plan may be signed at all; the sentences are in `refusals`."""
        count = len(self.refusals)
        if not count:
            return Allowed()
        return Refused(f"Mend the {'point' if count == 1 else f'{count} points'} above first.")

    @property
    def signed_by(self) -> frozenset[str]:
        """The parties that have signed."""
        return frozenset(line.party for line in self.signatures)


@dataclass(frozen=True)
class PlanPage:
    """A patient's plan: the version in force, the draft beside it, the history, and what is due."""

    episode: UUID
    is_running: bool
    in_force: PlanView | None
    draft: PlanView | None
    history: tuple[VersionLine, ...]
    due: PlanDue | None
    on: date
    may_change: Verdict

    @property
    def shown(self) -> PlanView | None:
        """The version to read: the one in force, else the draft."""
        return self.in_force or self.draft


def care_plan_view(patient: UUID, *, by: Actor, at: datetime) -> PlanPage | None:
    """The plan of the patient's open (else last) episode; None for someone never admitted."""
    episode = open_last_episode(patient, kind="care_plan", by=by, at=at)
    if episode is None:
        return None
    in_force, draft = last_in_force(episode), draft_of(episode)
    return PlanPage(
        episode=episode.uid,
        is_running=episode.ended_at is None,
        in_force=_view(in_force, episode, by=by, at=at) if in_force else None,
        draft=_view(draft, episode, by=by, at=at) if draft else None,
        history=_history(episode, in_force),
        due=due_of(episode, at=at),
        on=day_of(episode, at),
        may_change=may_access("care_plan", by=by, verb="change"),
    )


def version_view(version: UUID, *, by: Actor, at: datetime) -> PlanView:
    """One version, current or past."""
    row = open_version(version, by=by, at=at)
    return _view(row, row.episode, by=by, at=at)


def _view(row: PlanVersion, episode: Episode, *, by: Actor, at: datetime) -> PlanView:
    row.episode = episode
    draft = row.in_force_at is None and row.discarded_at is None
    on = day_of(episode, at)
    content = read_content(row, latest=latest_values(episode, set(_measures(row.pk)), at=at))
    rules = rules_for(episode, at=at)
    lines = content.draft.prescription
    counted = clinical_hours(lines)
    return PlanView(
        uid=row.uid,
        patient=episode.patient.uid,
        episode=episode.uid,
        number=row.number,
        status=_status(row, last_in_force(episode)),
        level_title=_level_title(rules),
        time_zone=episode.site.time_zone,
        content=content,
        clinical_hours=number(counted),
        other_hours=number(sum(line.hours for line in lines) - counted),
        refusals=refusals_of(row, content, at=at) if draft else (),
        warnings=plan_warnings(content.draft, on=on, own=rules.own) if draft else (),
        signatures=_signatures(row),
        digest=digest_of(row, content),
        dose_seen=dose_on_screen(row).seen,
        mixes=mixes_for(rules.level),
        may_change=may_access("care_plan", by=by, verb="change"),
        may_sign=may_sign_plan(by.credential),
        on=on,
    )


@prepared
def _measures(version: int) -> QuerySet[Objective, str]:
    rows = Objective.objects.filter(goal__problem__version=version)
    return rows.values_list("measure_code", flat=True)


def _level_title(rules: PlanRules) -> str:
    return LEVELS[rules.level].title


def _signatures(row: PlanVersion) -> tuple[SignatureLine, ...]:
    return tuple(
        SignatureLine(one.party, one.signed_name, one.credential, one.signed_at) for one in _signed(row.pk)
    )


@prepared
def _signed(version: int) -> QuerySet[PlanSignature]:
    return PlanSignature.objects.filter(version=version).order_by("signed_at", "pk")


def _history(episode: Episode, in_force: PlanVersion | None) -> tuple[VersionLine, ...]:
    return tuple(
        VersionLine(row.uid, row.number, _status(row, in_force), row.started_at, row.in_force_at)
        for row in _versions(episode.pk)
    )


@prepared
def _versions(episode: int) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.filter(episode=episode).order_by("-number")


def _status(row: PlanVersion, in_force: PlanVersion | None) -> str:
    if row.discarded_at is not None:
        return "set_aside"
    if row.in_force_at is None:
        return "draft"
    return "in_force" if in_force is not None and row.pk == in_force.pk else "superseded"


def latest_values(episode: Episode, codes: Collection[str], *, at: datetime) -> dict[str, str]:
    """The last value of each measure in words, such as `14 (moderate) on Mar 2`."""
    found: dict[str, str] = {}
    for row in _totals(episode.organization_id, episode.patient_id, at, *sorted(codes)):
        day = local_day(row.taken_at, episode.site.time_zone)
        band = f" ({row.band})" if row.band else ""
        found[row.code] = f"{float(row.total or 0):g}{band} on {day:%b} {day.day}"
    if "attendance" in codes:
        share = attended_share(episode, at=at)
        if share is not None:
            found["attendance"] = f"{share:.0%} in the last {ATTENDANCE_WINDOW_DAYS // 7} weeks"
    return found


@prepared
def _totals(organization: int, patient: int, until: datetime, *codes: str) -> QuerySet[MeasureResponse]:
    rows = MeasureResponse.objects.filter(
        organization_id=organization,
        patient=patient,
        code__in=codes,
        retired_at__isnull=True,
        total__isnull=False,
        taken_at__lte=until,
    )
    return rows.order_by("taken_at", "pk")


def attended_share(episode: Episode, *, at: datetime) -> float | None:
    """Attended minutes of planned ones over the last four weeks; None when nothing was held."""
    until = day_of(episode, at)
    since = date.fromordinal(until.toordinal() - ATTENDANCE_WINDOW_DAYS)
    minutes = _minutes(episode.organization_id, episode.patient_id, since, until)
    planned = sum(planned or 0 for _, planned in minutes)
    return sum(attended for attended, _ in minutes) / planned if planned else None


@prepared
def _minutes(
    organization: int, patient: int, after: date, until: date
) -> QuerySet[Attendance, tuple[int, int | None]]:
    """(attended, planned) of each session."""
    rows = Attendance.objects.filter(
        ~Q(status="cancelled_by_program"),
        organization_id=organization,
        patient=patient,
        local_day__gt=after,
        local_day__lte=until,
        retired_at__isnull=True,
        counts=True,
    )
    return rows.values_list("minutes", "appointment__planned_minutes")
