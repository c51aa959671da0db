"""Referrals out as pages show them: where each stands, what is waited for, and what is overdue."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.referrals_out import ALL as STEPS
from throughcare.knowledge.referrals_out import SETTINGS, Known, Step, next_steps, waiting_for
from throughcare.knowledge.tasks import KIND
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.task.referral_out_facts import known_of
from throughcare.pathway.task.task_views import MOST_ROWS, at_my_sites
from throughcare.records.tasks import ReferralOut

RECORD = "referral_out"


@dataclass(frozen=True)
class KnownLine:
    """One thing that is known of a referral, in words."""

    word: str
    on: date
    words: str


@dataclass(frozen=True)
class ReferralLine:
    """One referral to somebody else. `due` is None when nothing is waited for; of a guarded person no words."""

    uid: UUID
    patient: UUID
    name: str
    kind: str
    to: str
    asks: str
    owner: str
    is_mine: bool
    word: str
    waits_for: str
    due: date | None
    is_overdue: bool
    is_sent: bool
    is_over: bool
    known: tuple[KnownLine, ...]
    next_steps: tuple[Step, ...]
    paper: UUID | None


def referrals_out_of(patient: UUID, *, by: Actor, at: datetime) -> tuple[ReferralLine, ...]:
    """A person's referrals to others, newest first, in a constant number of queries."""
    found = open_patient(patient, kind=RECORD, by=by, at=at)
    rows = ReferralOut.objects.filter(organization_id=by.organization, patient=found)
    return _lines(rows.order_by("-recorded_at", "-pk"), by=by, at=at)


def referral_line(patient: UUID, referral: UUID, *, by: Actor, at: datetime) -> ReferralLine:
    """One referral of a person. Raises `Absent`."""
    lines = referrals_out_of(patient, by=by, at=at)
    line = next((one for one in lines if one.uid == referral), None)
    if line is None:
        raise Absent("referral")
    return line


def open_referrals_out(*, by: Actor, at: datetime) -> tuple[ReferralLine, ...]:
    """Every referral that waits for something, at the sites of `by`, the most urgent first."""
    rows = ReferralOut.objects.filter(organization_id=by.organization, ended_at__isnull=True)
    found = at_my_sites(rows, by=by, kind=RECORD).order_by("-recorded_at", "-pk")[:MOST_ROWS]
    keys = sorted(set(found.values_list("patient", flat=True)))
    hidden = open_roster(RECORD, keys, by=by, at=at)
    lines = _lines(found, by=by, at=at, hidden=hidden)
    return tuple(sorted(lines, key=lambda one: (one.due or date.max, one.name)))


def _lines(
    rows: QuerySet[ReferralOut], *, by: Actor, at: datetime, hidden: Collection[int] = frozenset()
) -> tuple[ReferralLine, ...]:
    today = local_day(at, by.time_zone)
    days = numbers(*SETTINGS, organization=by.organization, on=today)
    whole = rows.select_related("patient", "recipient", "owner").prefetch_related(
        "known", "papers__disclosure"
    )
    return tuple(_line(row, by=by, today=today, days=days, hidden=row.patient_id in hidden) for row in whole)


def _line(row: ReferralOut, *, by: Actor, today: date, days: Mapping[str, int], hidden: bool) -> ReferralLine:
    known = known_of(row, zone=by.time_zone)
    stands = waiting_for(local_day(row.recorded_at, by.time_zone), known, days)
    waiting = [one.disclosure for one in row.papers.all() if one.disclosure.withheld_at is None]
    return ReferralLine(
        uid=row.uid,
        patient=row.patient.uid,
        name=HIDDEN if hidden else display_name(row.patient),
        kind=KIND[row.kind].word if row.kind in KIND else row.kind,
        to="" if hidden else row.recipient.name,
        asks="" if hidden else row.asks,
        owner=row.owner.name if row.owner else "",
        is_mine=row.owner_id is not None and row.owner_id == by.account,
        word=stands.word,
        waits_for=stands.waits_for,
        due=stands.due,
        is_overdue=stands.is_overdue(today),
        is_sent=bool(known),
        is_over=row.ended_at is not None,
        known=() if hidden else _known(row, known),
        next_steps=next_steps(known) if row.ended_at is None else (),
        paper=waiting[-1].uid if waiting else None,
    )


def _known(row: ReferralOut, known: tuple[Known, ...]) -> tuple[KnownLine, ...]:
    said = [one.words for one in sorted(row.known.all(), key=lambda one: (one.recorded_at, one.pk))]
    words = (
        [""] * (len(known) - len(said))
    ) + said  # what the book says of the sending has no words of its own
    return tuple(
        KnownLine(STEPS[one.step].word, one.on, text) for one, text in zip(known, words, strict=True)
    )
