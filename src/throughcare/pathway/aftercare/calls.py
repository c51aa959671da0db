"""Calls of aftercare: a person is to call somebody who slips, falls silent or asks for it; what came of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from throughcare.knowledge.aftercare.rhythm import CALL_OUTCOMES
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.program_settings import Number
from throughcare.pathway.actor import Actor
from throughcare.pathway.aftercare.call_owners import give_to_care_team, newest_owner
from throughcare.pathway.aftercare.planning import end_plan
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.privacy import at_sites, open_patient
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.privacy.reaching import ways_shut
from throughcare.records.aftercare import (
    AftercareAsk,
    AftercareCall,
    AftercareCallOutcome,
    AftercarePlan,
    AftercareTry,
)

LONGEST_WORDS = 1_000
MOST_ROWS = 200
# Outcomes that end the whole plan, and how it then ended.
ENDS_PLAN = {"not_wanted": "asked", "died": "died", "back_in_care": "back_in_care"}


@dataclass(frozen=True)
class CallRow:
    """Somebody to call: why, by when, who calls, the number, what was tried, what they could be asked on the phone."""

    uid: UUID
    patient: UUID
    name: str
    phone: str
    because: tuple[str, ...]
    due: date
    is_late: bool
    tried: int
    last: str
    ask: UUID | None
    owner: str
    is_mine: bool

    @property
    def asks_for_safety(self) -> bool:
        """Whether they said something after which somebody asks how safe they are."""
        return any("safety" in why for why in self.because)

    @property
    def is_silence(self) -> bool:
        """Whether no more is known than that they don't answer."""
        return len(self.because) == 1 and self.because[0].startswith("Didn't answer")


def ask_for_call(
    plan: AftercarePlan, because: Sequence[str], *, own: Mapping[str, Number], today: date, at: datetime
) -> None:
    """Have a person call; while a call waits already, its reasons grow and its day stays. For modules past the desk."""
    waiting = AftercareCall.objects.select_for_update().filter(plan=plan, ended_at__isnull=True).first()
    if waiting is not None:
        waiting.because = list(dict.fromkeys([*waiting.because, *because]))
        waiting.save(update_fields=["because"])
        return
    try:
        with transaction.atomic():
            made = AftercareCall.objects.create(
                organization_id=plan.organization_id,
                plan=plan,
                because=list(because),
                due_date=today + timedelta(days=int(own["aftercare.call_days"])),
                recorded_at=at,
            )
            give_to_care_team(made, at=at)
    except IntegrityError:  # somebody else asked for it at this moment
        return


def list_calls(*, by: Actor, at: datetime) -> tuple[CallRow, ...]:
    """Whom to call, my own first, then the longest due, in a constant number of queries."""
    rows = _whole().filter(organization_id=by.organization, ended_at__isnull=True)
    seen = at_sites(rows, "aftercare", by=by, column="plan__discharge__episode__site")
    calls = list(seen.order_by("due_date", "pk")[:MOST_ROWS])
    hidden = open_roster("aftercare", sorted({call.plan.patient_id for call in calls}), by=by, at=at)
    rows_shown = _rows(calls, hidden=hidden, by=by, at=at)
    return tuple(
        sorted(
            rows_shown, key=lambda one: (not one.is_mine, one.due, not one.asks_for_safety, one.is_silence)
        )
    )


def _whole() -> QuerySet[AftercareCall]:
    rows = AftercareCall.objects.select_related("plan__patient", "plan__discharge__episode__site")
    return rows.prefetch_related("handovers__owner")


def _rows(
    calls: Sequence[AftercareCall], *, hidden: Collection[int], by: Actor, at: datetime
) -> tuple[CallRow, ...]:
    unsafe = {
        key for key, shut in ways_shut([one.plan.patient_id for one in calls]).items() if "phone" in shut
    }
    outcomes: dict[int, list[str]] = defaultdict(list)
    for one in AftercareCallOutcome.objects.filter(call__in=calls).order_by("pk"):
        outcomes[one.call_id].append(one.outcome)
    asks = dict(
        AftercareAsk.objects.filter(plan__in=[call.plan_id for call in calls], closed_at__isnull=True)
        .order_by("due_date")
        .values_list("plan", "uid")
    )
    found = []
    for call in calls:
        person, tried, holder = call.plan.patient, outcomes[call.pk], newest_owner(call)
        is_guarded = person.pk in hidden
        found.append(
            CallRow(
                uid=call.uid,
                patient=person.uid,
                name=HIDDEN if is_guarded else display_name(person),
                phone="" if is_guarded or person.pk in unsafe else person.phone,
                because=() if is_guarded else tuple(call.because),
                due=call.due_date,
                is_late=call.due_date < local_day(at, call.plan.discharge.episode.site.time_zone),
                tried=len(tried),
                last=CALL_OUTCOMES[tried[-1]][0] if tried else "",
                ask=None if is_guarded else asks.get(call.plan_id),
                owner=holder.owner.name if holder else "",
                is_mine=holder is not None and holder.owner_id == by.account,
            )
        )
    return tuple(found)


def open_call(call: UUID, *, by: Actor, at: datetime) -> CallRow:
    """One call that waits. Raises `Absent` once it is over."""
    row = _whole().filter(organization_id=by.organization, uid=call, ended_at__isnull=True).first()
    if row is None:
        raise Absent("call")
    open_patient(row.plan.patient, kind="aftercare", by=by, at=at, verb="change")
    return _rows([row], hidden=frozenset(), by=by, at=at)[0]


@transaction.atomic
def record_call(call: UUID, *, outcome: str, words: str = "", by: Actor, at: datetime) -> bool:
    """Write down what came of a try; whether the call is over with it. Raises `Cannot`."""
    rows = AftercareCall.objects.select_for_update(of=("self",)).select_related("plan__patient")
    row = rows.filter(organization_id=by.organization, uid=call).first()
    if row is None:
        raise Absent("call")
    open_patient(row.plan.patient, kind="aftercare", by=by, at=at, verb="change")
    if row.ended_at is not None:
        raise Cannot("This call is over. Somebody wrote down what came of it.")
    if outcome not in CALL_OUTCOMES:
        raise Cannot("Choose what came of the call.", field="outcome")
    if len(words) > LONGEST_WORDS:
        raise Cannot(f"Shorten this to {LONGEST_WORDS} characters.", field="words")
    AftercareCallOutcome.objects.create(
        organization_id=by.organization,
        call=row,
        outcome=outcome,
        words=words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    for ask in AftercareAsk.objects.filter(plan=row.plan, closed_at__isnull=True):
        AftercareTry.objects.create(
            organization_id=by.organization,
            ask=ask,
            way="phone",
            outcome=outcome,
            recorded_by_id=by.account,
            recorded_at=at,
        )
    is_over = CALL_OUTCOMES[outcome][1]
    if is_over:
        AftercareCall.objects.filter(pk=row.pk).update(ended_at=at)
    if outcome in ENDS_PLAN:
        end_plan(row.plan, because=ENDS_PLAN[outcome], at=at)
    return is_over
