"""My aftercare: what is asked of me now, how I have been, when I am asked next, and my say in whether I am."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.aftercare.answers import CHECK_IN, STANDINGS, weigh_answer
from throughcare.knowledge.aftercare.rhythm import SETTINGS, days_between
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.aftercare.asks import read_answer
from throughcare.pathway.aftercare.planning import end_plan
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.program_settings import numbers
from throughcare.records.aftercare import AftercareAnswer, AftercareAsk, AftercareCall, AftercarePlan
from throughcare.records.discharges import AftercareAppointment

SHOWN = 12


@dataclass(frozen=True)
class Said:
    """One time that I answered, in words."""

    on: date
    standing: str
    words: str
    mood: int | None
    craving: int | None


@dataclass(frozen=True)
class MyVisit:
    """A visit to come that was planned when I left."""

    with_whom: str
    phone: str
    visit_at: datetime


@dataclass(frozen=True)
class MyAftercare:
    """All of it. `waiting` is what is asked now; `rhythm` is how many days lie between two check-ins now."""

    patient: UUID
    is_running: bool
    stopped_by_me: bool
    until: date | None
    waiting: UUID | None
    is_follow_up: bool
    rhythm: int
    said: tuple[Said, ...]
    call_by: date | None
    visits: tuple[MyVisit, ...]


def my_aftercare(patient: UUID, *, by: Actor, at: datetime) -> MyAftercare:
    """My aftercare as it stands."""
    person = open_patient(patient, kind="aftercare", by=by, at=at)
    zone = zone_of(person)
    today = local_day(at, zone)
    plan = AftercarePlan.objects.filter(patient=person).order_by("-recorded_at", "-pk").first()
    is_running = plan is not None and plan.ended_at is None
    asks = AftercareAsk.objects.filter(plan=plan, closed_at__isnull=True, closes_date__gte=today)
    waiting = asks.order_by("due_date").first() if is_running else None
    own = numbers(*SETTINGS, organization=person.organization_id, on=today)
    said = _said(plan, zone, own) if plan else ()
    standing = next(
        (code for code, words in STANDINGS.items() if said and said[0].standing == words), "steady"
    )
    call = AftercareCall.objects.filter(plan=plan, ended_at__isnull=True).first() if is_running else None
    visits = AftercareAppointment.objects.filter(episode__patient=person, visit_at__gt=at).order_by(
        "visit_at"
    )
    return MyAftercare(
        patient=person.uid,
        is_running=is_running,
        stopped_by_me=plan is not None and plan.ended_because == "asked",
        until=plan.until_date if plan else None,
        waiting=waiting.uid if waiting else None,
        is_follow_up=waiting is not None and waiting.occasion != CHECK_IN,
        rhythm=days_between(plan.from_date, today, standing, own) if plan else 0,
        said=said,
        call_by=call.due_date if call else None,
        visits=tuple(MyVisit(one.with_whom, one.phone, one.visit_at) for one in visits),
    )


def _said(plan: AftercarePlan, zone: str, own: dict[str, float]) -> tuple[Said, ...]:
    """What I said lately, newest first."""
    rows = AftercareAnswer.objects.filter(ask__plan=plan, retired_at__isnull=True).order_by(
        "-recorded_at", "-pk"
    )
    answers = [(row, read_answer(row)) for row in rows[: SHOWN + 1]]
    found = []
    for place, (row, answer) in enumerate(answers[:SHOWN]):
        before = answers[place + 1][1] if place + 1 < len(answers) else None
        weighed = weigh_answer(answer, before, own)
        found.append(
            Said(
                local_day(row.recorded_at, zone),
                STANDINGS[weighed.standing],
                answer.words,
                answer.mood,
                answer.craving,
            )
        )
    return tuple(found)


@transaction.atomic
def stop_asking(patient: UUID, *, by: Actor, at: datetime) -> None:
    """Ask me nothing more. Whoever wants to be asked again says so, and is."""
    person = open_patient(patient, kind="aftercare", by=by, at=at, verb="change")
    for plan in AftercarePlan.objects.filter(patient=person, ended_at__isnull=True):
        end_plan(plan, because="asked", at=at)


@transaction.atomic
def ask_again(patient: UUID, *, by: Actor, at: datetime) -> None:
    """Go on asking me, until the day that was planned. Raises `Cannot` once that day is over."""
    person = open_patient(patient, kind="aftercare", by=by, at=at, verb="change")
    plan = (
        AftercarePlan.objects.select_for_update()
        .filter(patient=person)
        .order_by("-recorded_at", "-pk")
        .first()
    )
    if plan is None or plan.until_date < local_day(at, zone_of(person)) or plan.ended_because != "asked":
        raise Cannot(_("The time of check-ins is over. Send us a message or call whenever you like."))
    AftercarePlan.objects.filter(pk=plan.pk).update(ended_at=None, ended_because="")
