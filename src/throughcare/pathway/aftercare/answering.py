"""Answering: on the person's own page, behind a link, or by somebody who has them on the phone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.aftercare.answers import (
    CHECK_IN,
    Answer,
    Weighed,
    check_answer,
    items_of,
    wants_call,
    weigh_answer,
)
from throughcare.knowledge.aftercare.rhythm import SETTINGS
from throughcare.knowledge.between_sessions import Item
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.actor import Actor
from throughcare.pathway.aftercare.asking import digest_of
from throughcare.pathway.aftercare.asks import kept, read_answer
from throughcare.pathway.aftercare.calls import ask_for_call
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.crisis_language import look_for_crisis
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.consent import site_of
from throughcare.pathway.program_settings import numbers
from throughcare.records.aftercare import AftercareAnswer, AftercareAsk, AftercareLink, AftercarePlan

Way = Literal["page", "link", "phone"]


@dataclass(frozen=True)
class OpenAsk:
    """What is asked now: its questions, and what was answered already."""

    uid: UUID
    patient: UUID
    occasion: str
    items: tuple[Item, ...]
    said: Answer | None


@dataclass(frozen=True)
class AskVisit:
    """What a link opens, in the clinic's neutral name, and how to act as the person who holds it."""

    ask: OpenAsk
    person: Actor
    neutral_name: str
    phone: str


def open_ask(ask: UUID, *, by: Actor, at: datetime) -> OpenAsk:
    """What is asked, for the person or for somebody who has them on the phone. Raises `Absent` once it is closed."""
    rows = AftercareAsk.objects.select_related("plan__patient")
    row = rows.filter(organization_id=by.organization, uid=ask).first()
    if row is None:
        raise Absent("ask")
    open_patient(row.plan.patient, kind="aftercare", by=by, at=at, verb="change")
    return _view(row)


def _view(row: AftercareAsk) -> OpenAsk:
    said = AftercareAnswer.objects.filter(ask=row, retired_at__isnull=True).first()
    if row.closed_at is not None and said is None:
        raise Absent("ask")
    return OpenAsk(
        row.uid,
        row.plan.patient.uid,
        row.occasion,
        items_of(row.occasion),
        read_answer(said) if said else None,
    )


def open_link(token: str, *, at: datetime) -> AskVisit:
    """What a link opens. Raises `Absent` alike for one that is unknown, over or expired."""
    link = (
        AftercareLink.objects.select_related("ask__plan__patient", "organization")
        .filter(token_digest=digest_of(token), expires_at__gt=at)
        .first()
    )
    if link is None or link.ask.plan.ended_at is not None:
        raise Absent("link")
    site = site_of(link.ask.plan.patient)
    return AskVisit(
        ask=_view(link.ask),
        person=Actor(link.organization_id, frozenset({"alumnus"}), "", surface="aftercare link"),
        neutral_name=link.organization.neutral_name,
        phone=(site.phone if site else "") or link.organization.phone,
    )


@transaction.atomic
def begin_check_in(patient: UUID, *, by: Actor, at: datetime) -> UUID:
    """The check-in of today, whether it was due or not: nobody has to wait to be asked. Raises `Cannot`."""
    person = open_patient(patient, kind="aftercare", by=by, at=at, verb="change")
    plan = AftercarePlan.objects.select_for_update().filter(patient=person, ended_at__isnull=True).first()
    if plan is None:
        raise Cannot(_("Nothing is asked of you any more. Send us a message or call whenever you like."))
    today = local_day(at, zone_of(person))
    waiting = AftercareAsk.objects.filter(plan=plan, closed_at__isnull=True).order_by("due_date").first()
    if waiting is not None:
        return waiting.uid
    own = numbers("aftercare.answer_days", organization=plan.organization_id, on=today)
    made, _is_new = AftercareAsk.objects.get_or_create(
        plan=plan,
        occasion=CHECK_IN,
        due_date=today,
        defaults={
            "organization_id": plan.organization_id,
            "opens_date": today,
            "closes_date": today + timedelta(days=int(own["aftercare.answer_days"])),
            "recorded_at": at,
        },
    )
    return made.uid


@transaction.atomic
def answer_ask(ask: UUID, answer: Answer, *, way: Way, by: Actor, at: datetime) -> Weighed:
    """Keep an answer; said again before it closes it replaces what was said. How the person stands by it.

    Whoever slips or asks for it gets a call, and words that may speak of a crisis call a human, all in one transaction.
    """
    rows = AftercareAsk.objects.select_for_update(of=("self",)).select_related("plan__patient")
    row = rows.filter(organization_id=by.organization, uid=ask).first()
    if row is None:
        raise Absent("ask")
    person = open_patient(row.plan.patient, kind="aftercare", by=by, at=at, verb="change")
    today = local_day(at, zone_of(person))
    if row.plan.ended_at is not None or today > row.closes_date:
        raise Cannot(_("This is no longer asked. Check in on your page whenever you like."))
    verdict = check_answer(answer, row.occasion)
    if isinstance(verdict, Refused):
        raise Cannot(_(verdict.because))
    own = numbers(*SETTINGS, organization=row.organization_id, on=today)
    weighed = weigh_answer(answer, _before(row), own)
    _keep(row, answer, way=way, by=by, at=at)
    if wants_call(weighed, answer):
        ask_for_call(row.plan, weighed.because, own=own, today=today, at=at)
    look_for_crisis(person, answer.words, where="an aftercare check-in", at=at)
    return weighed


def _keep(row: AftercareAsk, answer: Answer, *, way: Way, by: Actor, at: datetime) -> None:
    standing = AftercareAnswer.objects.filter(ask=row, retired_at__isnull=True)
    before = standing.first()
    if before is not None and read_answer(before) == answer:
        return
    standing.update(retired_at=at)
    AftercareAnswer.objects.create(
        organization_id=row.organization_id,
        ask=row,
        answers=kept(answer),
        way=way,
        recorded_by_id=by.account if way == "phone" else None,
        recorded_at=at,
    )
    AftercareAsk.objects.filter(pk=row.pk, closed_at__isnull=True).update(closed_at=at)


def _before(row: AftercareAsk) -> Answer | None:
    earlier = AftercareAnswer.objects.filter(
        ask__plan=row.plan, ask__due_date__lt=row.due_date, retired_at__isnull=True
    ).exclude(ask=row)
    last = earlier.order_by("-recorded_at").first()
    return read_answer(last) if last else None
