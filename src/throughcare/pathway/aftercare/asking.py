"""Rounds of aftercare: whoever is due is asked, whoever doesn't answer is asked again, then a person calls."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from throughcare.knowledge.aftercare.answers import CHECK_IN
from throughcare.knowledge.aftercare.rhythm import (
    BY_PERSON_ONLY,
    SETTINGS,
    Asked,
    next_due,
    silence,
    tries_due,
)
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.program_settings import Number
from throughcare.pathway.aftercare.asks import asked_of, ways_open
from throughcare.pathway.aftercare.calls import ask_for_call
from throughcare.pathway.aftercare.planning import end_plan
from throughcare.pathway.message.language import in_language_of
from throughcare.pathway.message.outbox import put_message, to_patient
from throughcare.pathway.privacy.own_work import note_own_work
from throughcare.pathway.privacy.reaching import ways_shut
from throughcare.pathway.program_settings import numbers
from throughcare.records.aftercare import (
    AftercareAsk,
    AftercareCall,
    AftercareLink,
    AftercarePlan,
    AftercareTry,
)
from throughcare.records.episodes import Episode
from throughcare.records.organizations import Organization

WORK = "aftercare that comes due"
NO_WAY = "No message may be sent: there is no number or address, or they asked us not to."
IN_JAIL = "Left for jail. Reach them the way that was agreed."
SENT, NOT_SENT = "sent", "no_way"
Address = Callable[[str], str]


@dataclass(frozen=True)
class Turn:
    """One plan on one day: the plan's row, the person's day, what they were asked, the program's numbers."""

    plan: AftercarePlan
    today: date
    asked: Sequence[Asked]
    own: Mapping[str, Number]


def keep_aftercare(*, at: datetime, address: Address) -> str:
    """Ask, ask again and call for people, in every organization; what was done. `address` makes one of a token."""
    done: Counter[str] = Counter()
    for key in Organization.objects.values_list("pk", flat=True):
        done += _keep(key, at=at, address=address)
    return ", ".join(f"{count} {what}" for what, count in sorted(done.items())) or "nothing due"


@transaction.atomic
def _keep(organization: int, *, at: datetime, address: Address) -> "Counter[str]":
    own = numbers(*SETTINGS, organization=organization, on=at.date())
    done: Counter[str] = Counter()
    turns = [one for one in _turns(organization, own, at=at) if not _ended(one, done, at=at)]
    for one in turns:
        _open_asks(one, done, at=at)
    _close_asks(organization, turns, at=at)
    _send(turns, done, at=at, address=address)
    waiting = set(
        AftercareCall.objects.filter(organization_id=organization, ended_at__isnull=True).values_list(
            "plan", flat=True
        )
    )
    for one in turns:
        because = silence(one.asked, today=one.today, own=own)
        if because and one.plan.pk not in waiting and not _called_since(one, at=at):
            ask_for_call(one.plan, (because,), own=own, today=one.today, at=at)
            done["to call"] += 1
    if done:
        note_own_work(
            WORK, "aftercare", [one.plan.patient_id for one in turns], organization=organization, at=at
        )
    return done


def _turns(organization: int, own: Mapping[str, Number], *, at: datetime) -> list[Turn]:
    plans = list(_running(organization))
    # Days are counted on the clocks of each site; what was answered falls on the same day within an hour or so.
    asked = asked_of([plan.pk for plan in plans], zone="UTC", at=at, own=own)
    return [
        Turn(plan, local_day(at, plan.discharge.episode.site.time_zone), asked.get(plan.pk, []), own)
        for plan in plans
    ]


def _running(organization: int) -> QuerySet[AftercarePlan]:
    back = Episode.objects.filter(patient=OuterRef("patient"), ended_at__isnull=True)
    rows = AftercarePlan.objects.select_related("patient", "discharge__episode__site")
    return (
        rows.filter(organization_id=organization, ended_at__isnull=True)
        .annotate(is_back=Exists(back))
        .order_by("pk")
    )


def _ended(one: Turn, done: "Counter[str]", *, at: datetime) -> bool:
    after = timedelta(days=int(one.own["follow_up.window_after_days"]))
    because = "over" if one.today > one.plan.until_date + after else ""
    if one.plan.is_back:  # type: ignore[attr-defined]  # `_running` annotates it
        because = "back_in_care"
    if because:
        end_plan(one.plan, because=because, at=at)
        done["ended"] += 1
    return bool(because)


def _open_asks(one: Turn, done: "Counter[str]", *, at: datetime) -> None:
    by_person = one.plan.discharge.reason in BY_PERSON_ONLY
    for due in next_due(one.plan.from_date, one.plan.until_date, one.asked, today=one.today, own=one.own):
        if by_person and due.occasion == CHECK_IN:
            continue
        AftercareAsk.objects.get_or_create(
            plan=one.plan,
            occasion=due.occasion,
            due_date=due.due,
            defaults={
                "organization_id": one.plan.organization_id,
                "opens_date": due.opens,
                "closes_date": due.closes,
                "recorded_at": at,
            },
        )
        done["asked"] += 1


def _close_asks(organization: int, turns: Sequence[Turn], *, at: datetime) -> None:
    """What nobody answered in time is closed: who answers later starts a check-in of today."""
    for today in {one.today for one in turns}:
        plans = [one.plan.pk for one in turns if one.today == today]
        AftercareAsk.objects.filter(
            organization_id=organization, plan__in=plans, closed_at__isnull=True, closes_date__lt=today
        ).update(closed_at=at)


def _send(turns: Sequence[Turn], done: "Counter[str]", *, at: datetime, address: Address) -> None:
    """One neutral message for each try that is due."""
    by_plan = {one.plan.pk: one for one in turns}
    open_asks = AftercareAsk.objects.filter(plan__in=by_plan, closed_at__isnull=True)
    open_asks = open_asks.select_related("plan").order_by("pk")
    tried = Counter(
        AftercareTry.objects.filter(ask__in=open_asks, outcome__in=(SENT, NOT_SENT)).values_list(
            "ask", flat=True
        )
    )
    shut = ways_shut([one.plan.patient_id for one in turns])
    for ask in open_asks:
        one = by_plan[ask.plan_id]
        asked = Asked(ask.occasion, ask.due_date, ask.closes_date)
        if tried[ask.pk] >= tries_due(asked, today=one.today, own=one.own):
            continue
        ways = ways_open(one.plan.patient, shut.get(one.plan.patient_id, frozenset()))
        if one.plan.discharge.reason in BY_PERSON_ONLY or not ways:
            because = IN_JAIL if one.plan.discharge.reason in BY_PERSON_ONLY else NO_WAY
            _note_try(ask, "", NOT_SENT, at=at)
            ask_for_call(one.plan, (because,), own=one.own, today=one.today, at=at)
            done["to call"] += 1
            continue
        _ask_kindly(ask, ways, address(link_to(ask, at=at)), number=tried[ask.pk], at=at)
        _note_try(ask, ways[0], SENT, at=at)
        done["told"] += 1


def _ask_kindly(ask: AftercareAsk, ways: Sequence[str], address: str, *, number: int, at: datetime) -> None:
    """A message in the person's language that says neither who asks nor why."""
    person = ask.plan.patient_id
    with in_language_of(patient=person):
        put_message(
            to_patient(person),
            subject=_("How are you?"),
            words=_("How are you these days? It takes half a minute: {address}").format(address=address),
            key=f"aftercare {ask.uid} {number}",
            ways=ways,
            organization=ask.organization_id,
            at=at,
        )


def _note_try(ask: AftercareAsk, way: str, outcome: str, *, at: datetime) -> None:
    AftercareTry.objects.create(
        organization_id=ask.organization_id, ask=ask, way=way, outcome=outcome, recorded_at=at
    )


def link_to(ask: AftercareAsk, *, at: datetime) -> str:
    """A link that answers this one ask while it is open; its token, which is told once and not kept."""
    token = secrets.token_urlsafe(24)
    AftercareLink.objects.create(
        organization_id=ask.organization_id,
        ask=ask,
        token_digest=digest_of(token),
        expires_at=at + (ask.closes_date - at.date()) + timedelta(days=1),
        recorded_at=at,
    )
    return token


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _called_since(one: Turn, *, at: datetime) -> bool:
    """Whether a person was asked to call them within the time that one check-in waits twice over."""
    since = at - timedelta(days=2 * int(one.own["aftercare.answer_days"]))
    return AftercareCall.objects.filter(plan=one.plan, recorded_at__gte=since).exists()
