"""What is still to do after an admission: agreements, diagnoses, care team, care plan."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.tracks import track_title
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_plan.plan_dues import due_of
from throughcare.pathway.episode.admission import minor_sentence
from throughcare.pathway.episode.agreements import AgreementLine, agreement_lines
from throughcare.pathway.episode.care_team import NEEDED, TeamMember, team_members
from throughcare.pathway.episode.diagnoses import DiagnosisLine, diagnosis_lines
from throughcare.pathway.episode.episodes import day_of, open_last_episode, stay_of
from throughcare.pathway.privacy import may_access


@dataclass(frozen=True)
class AdmissionTasks:
    """An episode's admission, done and to do. `diagnoses` is None for who may not see them."""

    episode: UUID
    is_running: bool
    level_title: str
    level_label: str
    edition: str
    track: str
    site: str
    time_zone: str
    admitted_at: datetime
    minor: str
    agreements: tuple[AgreementLine, ...]
    diagnoses: tuple[DiagnosisLine, ...] | None
    team: tuple[TeamMember, ...]
    plan_status: str
    plan_hint: str

    @property
    def unsigned(self) -> int:
        """How many required documents wait for a signature."""
        return sum(line.required and not line.is_complete for line in self.agreements)

    @property
    def has_therapist(self) -> bool:
        """Whether someone carries the case."""
        return any(member.part == NEEDED for member in self.team)

    @property
    def standing_diagnoses(self) -> tuple[DiagnosisLine, ...]:
        """The diagnoses that stand, the principal one first."""
        return tuple(line for line in self.diagnoses or () if line.ended_at is None)

    @property
    def left(self) -> int:
        """How many of the four tasks are open."""
        tasks = (self.unsigned > 0, not self.has_therapist, self.plan_status != "done")
        return sum(tasks) + (self.diagnoses is not None and not self.standing_diagnoses)


def admission_tasks(patient: UUID, *, by: Actor, at: datetime) -> AdmissionTasks | None:
    """The admission of the patient's open (else last) episode; None for someone never admitted."""
    episode = open_last_episode(patient, kind="episode", by=by, at=at)
    if episode is None:
        return None
    stay = stay_of(episode)
    row = LEVELS.get(stay.level) if stay else None
    due = due_of(episode, at=at)
    on = day_of(episode, at)
    planned = due is None or due.what == "review"
    return AdmissionTasks(
        episode=episode.uid,
        is_running=episode.ended_at is None,
        level_title=row.title if row else "",
        level_label=row.label(stay.edition) if row and stay else "",
        edition=stay.edition if stay else "",
        track=track_title(episode.track),
        site=episode.site.name,
        time_zone=episode.site.time_zone,
        admitted_at=episode.admitted_at,
        minor=minor_sentence(episode.patient.birth_date, on=on),
        agreements=agreement_lines(episode),
        diagnoses=diagnosis_lines(episode) if may_access("diagnosis", by=by) else None,
        team=team_members(episode),
        plan_status="done" if planned else "overdue" if due and due.is_overdue(on) else "due",
        plan_hint="" if planned or due is None else due.because,
    )
