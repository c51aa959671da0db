"""A person changes their own times: at once where nobody else is touched, else as an ask that the team answers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.own_week import TAKEN_BACK, may_add_at_once, may_end_at_once
from throughcare.knowledge.verdict import Refused, Verdict
from throughcare.knowledge.week_rules import Span, clashes
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.crisis_language import look_for_crisis
from throughcare.pathway.people.people import zone_for
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.consent import site_of
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.seat.held_time import DAYS_AHEAD, commitment_spans, patients_time
from throughcare.pathway.timetable.person.wishes import Wishes, WishesView, wishes_of, write_wishes
from throughcare.pathway.week.commitments import (
    CommitmentView,
    NewCommitment,
    check_commitment,
    commitment_row,
    commitments_of,
    end_standing,
    enter_commitment,
    view_of,
)
from throughcare.records.own_week import WeekAnswer, WeekAsk
from throughcare.records.people import Patient
from throughcare.records.timetables import Commitment

KIND = "own_week"
LONGEST_WORDS = 500
MOST_ASKS = 10
ANSWERS_SHOWN = timedelta(days=14)


@dataclass(frozen=True)
class AskView:
    """An ask as pages show it. `how` is empty while it waits; `lies_over` are the sessions that it touches now."""

    uid: UUID
    what: CommitmentView
    ends: bool
    words: str
    asked_at: datetime
    how: str
    answer: str
    answered_at: datetime | None
    lies_over: tuple[Span, ...] = ()


@dataclass(frozen=True)
class OwnTimes:
    """What a person's own week holds, what they wish, and what they asked for that is not settled or just was."""

    patient: UUID
    time_zone: str
    standing: tuple[CommitmentView, ...]
    asks: tuple[AskView, ...]
    answered: tuple[AskView, ...]
    wishes: WishesView


def own_times(*, by: Actor, at: datetime) -> OwnTimes:
    """The signed-in person's own times."""
    person = open_patient(own_patient(by=by), kind=KIND, by=by, at=at)
    zone = zone_of(person, by=by)
    rows = list(asks_about(WeekAsk.objects.filter(patient=person)))
    fresh = [row for row in rows if answer_of(row) and answer_of(row).recorded_at >= at - ANSWERS_SHOWN]
    return OwnTimes(
        patient=person.uid,
        time_zone=zone,
        standing=tuple(commitments_of(person.uid, by=by, at=at)),
        asks=tuple(ask_view(row, zone, at=at) for row in rows if answer_of(row) is None),
        answered=tuple(ask_view(row, zone, at=at) for row in fresh if answer_of(row).how != TAKEN_BACK),
        wishes=wishes_of(person.uid, by=by, at=at),
    )


@transaction.atomic
def add_own_time(patient: UUID, new: NewCommitment, *, words: str = "", by: Actor, at: datetime) -> Verdict:
    """Enter a time of a person's own, or ask for it where it lies over sessions; the verdict says which it was."""
    person = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    check_commitment(new)
    touched = lies_over(commitment_row(person, new, by=by, at=at), zone_of(person, by=by), at=at)
    verdict = may_add_at_once(len(touched))
    if isinstance(verdict, Refused):
        _ask(person, words, by=by, at=at, asked=_kept(new))
    else:
        enter_commitment(person, new, by=by, at=at)
    return verdict


@transaction.atomic
def end_own_time(patient: UUID, commitment: UUID, *, words: str = "", by: Actor, at: datetime) -> Verdict:
    """End a time of a person's own, or ask for it where somebody outside set it; the verdict says which it was."""
    person = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    row = Commitment.objects.filter(patient=person, uid=commitment, ended_at__isnull=True).first()
    if row is None:
        raise Absent("commitment")
    verdict = may_end_at_once(row.kind)
    if isinstance(verdict, Refused):
        if WeekAsk.objects.filter(commitment=row, answer__isnull=True).exists():
            raise Cannot(_("You asked for this already. Your team answers you here."))
        _ask(person, words, by=by, at=at, commitment=row)
    else:
        end_standing(person, row.uid, at=at)
    return verdict


@transaction.atomic
def take_ask_back(ask: UUID, *, by: Actor, at: datetime) -> None:
    """The person no longer wants what they asked for."""
    person = open_patient(own_patient(by=by), kind=KIND, by=by, at=at, verb="change")
    row = WeekAsk.objects.select_for_update().filter(patient=person, uid=ask).first()
    if row is None or WeekAnswer.objects.filter(ask=row).exists():
        raise Absent("ask")
    WeekAnswer.objects.create(
        organization_id=by.organization, ask=row, how=TAKEN_BACK, recorded_by_id=by.account, recorded_at=at
    )


def wish_own_week(patient: UUID, wishes: Wishes, *, by: Actor, at: datetime) -> UUID:
    """Say what a person wishes of their week: it binds nobody, so it counts at once."""
    person = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    return write_wishes(person, wishes, by=by, at=at)


def _ask(person: Patient, words: str, *, by: Actor, at: datetime, **what: Any) -> None:
    words = words.strip()
    if len(words) > LONGEST_WORDS:
        raise Cannot(_("Shorten this to {most} characters.").format(most=LONGEST_WORDS), field="words")
    Patient.objects.select_for_update(no_key=True).get(pk=person.pk)
    if WeekAsk.objects.filter(patient=person, answer__isnull=True).count() >= MOST_ASKS:
        raise Cannot(_("You asked for several changes already. Wait for an answer, or call us."))
    WeekAsk.objects.create(
        organization_id=by.organization,
        patient=person,
        words=words,
        recorded_by_id=by.account,
        recorded_at=at,
        **what,
    )
    look_for_crisis(person, words, where="a change of their week", at=at)


def zone_of(person: Patient, *, by: Actor) -> str:
    """The time zone of the person's site."""
    site = site_of(person)
    return site.time_zone if site else zone_for(by)


def lies_over(row: Commitment, zone: str, *, at: datetime) -> tuple[Span, ...]:
    """The sessions ahead that a commitment lies over, each once, in order."""
    first = local_day(at, zone)
    last = first + timedelta(days=DAYS_AHEAD)
    wanted = commitment_spans(row, first=first, last=last, zone=zone)
    held = [one.span for one in patients_time([row.patient_id], first=first, last=last, at=at)]
    found = {(span.starts_at, span.title): span for _own, span in clashes(wanted, held)}
    return tuple(found[key] for key in sorted(found))


def asks_about(rows: QuerySet[WeekAsk]) -> QuerySet[WeekAsk]:
    """These asks with what a page shows of them, the oldest first."""
    return rows.select_related("patient", "commitment", "answer").order_by("recorded_at", "pk")


def answer_of(row: WeekAsk) -> Any:
    """The answer to an ask that came with it (`asks_about`), or None."""
    return getattr(row, "answer", None)


def ask_view(row: WeekAsk, zone: str, *, at: datetime) -> AskView:
    """An ask as pages show it; where it waits, with the sessions that it lies over now."""
    answer, ends = answer_of(row), row.commitment is not None
    what = row.commitment or _as_row(row)
    return AskView(
        uid=row.uid,
        what=view_of(what),
        ends=ends,
        words=row.words,
        asked_at=row.recorded_at,
        how=answer.how if answer else "",
        answer=answer.words if answer else "",
        answered_at=answer.recorded_at if answer else None,
        lies_over=() if answer or ends else lies_over(what, zone, at=at),
    )


def _as_row(ask: WeekAsk) -> Commitment:
    new = asked_for(ask)
    return Commitment(
        uid=ask.uid,
        patient=ask.patient,
        **asdict(new),
    )


def _kept(new: NewCommitment) -> dict[str, Any]:
    """The fields as they are stored: days and times as text."""
    return {
        name: value.isoformat() if isinstance(value, date | time) else value
        for name, value in asdict(new).items()
        if value is not None
    }


def asked_for(ask: WeekAsk) -> NewCommitment:
    """The commitment that an ask wants."""
    said: dict[str, Any] = dict(ask.asked)
    for name in DAYS:
        said[name] = date.fromisoformat(said[name]) if said.get(name) else None
    for name in TIMES:
        said[name] = time.fromisoformat(said[name])
    return NewCommitment(**said)


DAYS: Sequence[str] = ("day", "from_date", "until_date", "anchor_date")
TIMES: Sequence[str] = ("starts", "ends")
