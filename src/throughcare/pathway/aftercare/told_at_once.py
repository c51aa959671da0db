"""What people told since they left, written down at once: brought along from another program, or a story's past."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.aftercare.answers import Answer, wants_call, weigh_answer
from throughcare.knowledge.aftercare.rhythm import SETTINGS, Asked, Due, next_due, silence
from throughcare.knowledge.clinic_calendar import at_local, local_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.aftercare.asks import kept
from throughcare.pathway.aftercare.calls import ask_for_call
from throughcare.pathway.cannot import CannotSee, require
from throughcare.pathway.privacy import may_access
from throughcare.pathway.program_settings import numbers
from throughcare.records.aftercare import AftercareAnswer, AftercareAsk, AftercarePlan

NOON = time(12)
# What a person (public id) said on an occasion; None where they didn't answer.
Tell = Callable[[UUID, str], Answer | None]


@transaction.atomic
def write_down_told(tell: Tell, *, by: Actor, at: datetime) -> int:
    """Walk through the time since each running plan began, as if it had been asked; how many answers are kept.

    Whoever slipped or fell silent lately gets a call that waits.
    """
    require(may_access("aftercare", by=by, verb="change"), CannotSee)
    own = numbers(*SETTINGS, organization=by.organization, on=at.date())
    answers = 0
    plans = AftercarePlan.objects.select_related("patient", "discharge__episode__site").filter(
        organization_id=by.organization, ended_at__isnull=True, asks__isnull=True
    )
    for plan in plans.order_by("pk"):
        zone = plan.discharge.episode.site.time_zone
        today = local_day(at, zone)
        asked, rows, last = _walk(plan, tell, today=today, own=own)
        answers += _keep(plan, rows, zone=zone, by=by, at=at)
        weighed = weigh_answer(last) if last else None
        if (
            weighed is not None
            and last is not None
            and asked[-1].on
            and today - asked[-1].on <= timedelta(days=2)
        ):
            if wants_call(weighed, last):
                ask_for_call(plan, weighed.because, own=own, today=today, at=at)
        elif because := silence(asked, today=today, own=own):
            ask_for_call(plan, (because,), own=own, today=today, at=at)
    return answers


def _walk(
    plan: AftercarePlan, tell: Tell, *, today: date, own: dict[str, float]
) -> tuple[list[Asked], list[tuple[Due, date, Answer | None]], Answer | None]:
    asked: list[Asked] = []
    rows: list[tuple[Due, date, Answer | None]] = []
    last: Answer | None = None
    for number in range(1, (min(today, plan.until_date) - plan.from_date).days + 1):
        day = plan.from_date + timedelta(days=number)
        for due in next_due(plan.from_date, plan.until_date, asked, today=day, own=own):
            answer = tell(plan.patient.uid, due.occasion)
            standing = weigh_answer(answer, last, own).standing if answer else ""
            last = answer or last
            asked.append(Asked(due.occasion, due.due, due.closes, standing, day if answer else None))
            rows.append((due, day, answer))
    return asked, rows, last


def _keep(
    plan: AftercarePlan,
    rows: list[tuple[Due, date, Answer | None]],
    *,
    zone: str,
    by: Actor,
    at: datetime,
) -> int:
    asks, answers = [], []
    for due, day, answer in rows:
        moment = min(at, at_local(day, NOON, zone))
        is_over = answer is not None or due.closes < local_day(at, zone)
        ask = AftercareAsk(
            organization_id=by.organization,
            plan=plan,
            occasion=due.occasion,
            opens_date=due.opens,
            due_date=due.due,
            closes_date=due.closes,
            closed_at=moment if is_over else None,
            recorded_at=moment,
        )
        asks.append(ask)
        if answer is not None:
            answers.append(
                AftercareAnswer(
                    organization_id=by.organization,
                    ask=ask,
                    answers=kept(answer),
                    way="link",
                    recorded_at=moment,
                )
            )
    AftercareAsk.objects.bulk_create(asks)
    AftercareAnswer.objects.bulk_create(answers)
    return len(answers)
