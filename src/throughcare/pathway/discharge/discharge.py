"""Discharge: an episode ends with a reason, a signed summary, and a next visit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.discharge import ALL as REASONS
from throughcare.knowledge.discharge import may_sign_discharge
from throughcare.knowledge.level_changes import CITE
from throughcare.knowledge.verdict import Allowed, Refused, Verdict, first_refusal
from throughcare.pathway.actor import Actor
from throughcare.pathway.aftercare.planning import plan_follow_up
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.discharge.aftercare import NextVisit, VisitRow, aftercare_of, keep_visit
from throughcare.pathway.discharge.discharge_facts import (
    STANDS,
    Absence,
    DischargeFacts,
    gather_discharge_facts,
)
from throughcare.pathway.discharge.discharge_summary import (
    Summary,
    Written,
    read_summary,
    say_attendance,
    write_summary,
)
from throughcare.pathway.discharge.grounds import require_other_ground, with_ground
from throughcare.pathway.episode.episodes import day_of, open_episode, require_running
from throughcare.pathway.episode.own_role import settle_own_role
from throughcare.pathway.group.leaving import leave_week
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import may_access
from throughcare.pathway.rows import only_row
from throughcare.records.discharges import Discharge
from throughcare.records.episodes import Episode
from throughcare.records.people import Practitioner

# Reasons that hand the person on: the next place must be named.
NAMES_A_PLACE = frozenset({"completed", "transfer_up", "transfer_down"})


@dataclass(frozen=True)
class DischargeOffer:
    """What the discharge page shows: the facts, what is lacking for each verdict, and whether `by` may sign."""

    episode: UUID
    patient: UUID
    time_zone: str
    facts: DischargeFacts
    attendance: str
    completion: Verdict
    absence: Verdict
    visits: tuple[VisitRow, ...]
    verdict: Verdict


@dataclass(frozen=True)
class SignedSummary:
    """A signed summary and what became of the visits since."""

    episode: UUID
    patient: UUID
    time_zone: str
    discharged_at: datetime
    summary: Summary
    visits: tuple[VisitRow, ...]


def offer_discharge(episode: UUID, *, by: Actor, at: datetime) -> DischargeOffer:
    """The facts that a discharge of this episode would rest on now."""
    found = open_episode(episode, kind="discharge", by=by, at=at)
    facts = gather_discharge_facts(found, at=at)
    visits = aftercare_of(found, at=at)
    return DischargeOffer(
        episode=found.uid,
        patient=found.patient.uid,
        time_zone=found.site.time_zone,
        facts=facts,
        attendance=say_attendance(facts),
        completion=facts.weigh_completion({}, has_plan=True),
        absence=facts.weigh_absence(
            # As if all that only a clinician can confirm were done: what is left is the waiting and the trying.
            Absence(tier_checked=True, welfare_check_made=True),
            today=day_of(found, at),
            admitted=local_day(found.admitted_at, found.site.time_zone),
        ),
        visits=visits,
        verdict=first_refusal(
            may_access("discharge", by=by, verb="change"), _may_sign(by), _is_running(found)
        ),
    )


@transaction.atomic
def discharge_patient(
    episode: UUID,
    *,
    reason: str,
    text: str,
    next_place: str,
    by: Actor,
    at: datetime,
    goals: Mapping[UUID, str] | None = None,
    helped: str = "",
    visit: NextVisit | None = None,
    absence: Absence | None = None,
    other_ground: str = "",
) -> UUID:
    """End an episode: stay, groups, seats and care team end with it, and the summary is frozen; the episode's id.

    `goals`: thread → met, partly or not_met, where the clinician says other than the measures. `absence` is needed
    for `lost_contact`, `other_ground` where the program ends a stay in which tests were unexpected.
    """
    found = open_episode(episode, kind="discharge", by=by, at=at, verb="change")
    Episode.objects.select_for_update().get(pk=found.pk)
    require_running(found)
    require(_may_sign(by))
    written = Written(reason, with_ground(text, other_ground), next_place, helped, visit)
    _require_words(written)
    require_other_ground(found, reason=reason, other_ground=other_ground, at=at)
    if at < found.admitted_at:
        raise Cannot("A discharge can't be earlier than the admission.")
    if visit is not None:
        keep_visit(found, visit, by=by, at=at)
    facts = gather_discharge_facts(found, at=at)
    said = {thread: word for thread, word in (goals or {}).items() if word in STANDS}
    written, has_visit = _with_planned_visit(written, aftercare_of(found, at=at))
    completion = facts.weigh_completion(said, has_plan=bool(next_place.strip()) and has_visit)
    _require_reason(found, facts, written, completion=completion, absence=absence, at=at)
    standings = facts.standings(said)
    signed = _sign(found, facts, written, standings=standings, completion=completion, by=by, at=at)
    end_episode(found, reason=reason, next_place=written.next_place.strip(), at=at)
    plan_follow_up(signed, at=at)
    return found.uid


def discharge_summary(episode: UUID, *, by: Actor, at: datetime) -> SignedSummary:
    """The summary as it was signed. Raises `Absent` while the episode runs."""
    found = open_episode(episode, kind="discharge", by=by, at=at)
    row = only_row(_discharge(found.pk))
    if row is None:
        raise Absent("discharge")
    return SignedSummary(
        episode=found.uid,
        patient=found.patient.uid,
        time_zone=found.site.time_zone,
        discharged_at=row.discharged_at,
        summary=read_summary(row.summary),
        visits=aftercare_of(found, at=at),
    )


@prepared
def _discharge(episode: int) -> QuerySet[Discharge]:
    return Discharge.objects.filter(episode=episode)


def end_episode(episode: Episode, *, reason: str, next_place: str, at: datetime) -> None:
    """End what an episode holds open: its stay, its place in the week, its care team, itself."""
    leave_week(episode, because=f"Discharged: {REASONS[reason].word.lower()}", at=at)
    episode.stays.filter(ended_at__isnull=True).update(
        ended_at=at, ended_because=reason, next_place=next_place
    )
    episode.care_team.filter(ended_at__isnull=True).update(ended_at=at)
    episode.ended_at = at
    episode.save(update_fields=["ended_at"])
    settle_own_role(episode.patient, at=at)


def _sign(
    episode: Episode,
    facts: DischargeFacts,
    written: Written,
    *,
    standings: Mapping[UUID, str],
    completion: Verdict,
    by: Actor,
    at: datetime,
) -> Discharge:
    [practitioner] = _practitioner(by.practitioner or 0)
    name = f"{practitioner.given_name} {practitioner.family_name}, {by.credential}"
    summary = write_summary(
        episode, facts, written, standings=standings, completion=completion, signed_by=name, at=at
    )
    try:
        with transaction.atomic():
            return Discharge.objects.create(
                organization_id=by.organization,
                episode=episode,
                discharged_at=at,
                reason=written.reason,
                text=written.text.strip(),
                next_place=written.next_place.strip(),
                summary=summary.as_json(),
                practitioner=practitioner,
                credential=by.credential,
                recorded_by_id=by.account,
                recorded_at=at,
            )
    except IntegrityError as double:
        raise Cannot("This person was discharged a moment ago.") from double


@prepared
def _practitioner(key: int) -> QuerySet[Practitioner]:
    return Practitioner.objects.filter(pk=key)


def _with_planned_visit(written: Written, visits: tuple[VisitRow, ...]) -> tuple[Written, bool]:
    """The visit in the summary is the next one to come, whether planned now or before."""
    coming = [visit for visit in visits if not visit.is_due]
    if not coming:
        return written, False
    first = coming[0]
    visit = NextVisit(first.with_whom, first.visit_at, first.phone)
    return Written(written.reason, written.text, written.next_place, written.helped, visit), True


def _require_words(written: Written) -> None:
    if written.reason not in REASONS:
        raise Cannot("Choose why the person leaves.", field="reason")
    if not written.text.strip():
        raise Cannot("Say in a few sentences how it went and how the person leaves.", field="text")
    if written.reason in NAMES_A_PLACE and not written.next_place.strip():
        raise Cannot("Name the next place: who takes over, and where.", field="next_place")


def _require_reason(
    episode: Episode,
    facts: DischargeFacts,
    written: Written,
    *,
    completion: Verdict,
    absence: Absence | None,
    at: datetime,
) -> None:
    if written.reason == "completed" and isinstance(completion, Refused):
        raise Cannot(completion.because, cite=completion.cite, field="reason")
    if written.reason != "lost_contact":
        return
    verdict = facts.weigh_absence(
        absence or Absence(),
        today=day_of(episode, at),
        admitted=local_day(episode.admitted_at, episode.site.time_zone),
    )
    if isinstance(verdict, Refused):
        raise Cannot(verdict.because, cite=verdict.cite, field="reason")


def _may_sign(by: Actor) -> Verdict:
    if by.practitioner is None:
        return Refused("A discharge is signed by a licensed clinician with a staff record.", CITE)
    return may_sign_discharge(by.credential)


def _is_running(episode: Episode) -> Verdict:
    if episode.ended_at is None:
        return Allowed()
    return Refused("This episode of care has ended. A new admission starts a new one.")
