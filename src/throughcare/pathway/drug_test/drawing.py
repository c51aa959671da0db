"""The draw: seeds whose hash is published weeks before, who is in it, and which days are drawn for whom."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.drug_tests.analytes import ALL as ANALYTES
from throughcare.knowledge.drug_tests.analytes import USUAL_PANEL
from throughcare.knowledge.drug_tests.draw import (
    OFTEN,
    PERIOD_WEEKS,
    Ask,
    candidate_days,
    draw_days,
    first_of_period,
    how_many,
    latest_day,
    mark_of,
    phase_of,
)
from throughcare.knowledge.fair_chance import SEED_BYTES, commitment_of
from throughcare.knowledge.program_settings import Number
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.drug_test.ordering import KIND
from throughcare.pathway.drug_test.test_rows import entry_of
from throughcare.pathway.episode.episodes import open_last_episode, require_running
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.rows import only_row
from throughcare.records.episodes import Episode
from throughcare.records.tests import DrawnWeeks, DrawPeriod, InDraw

PERIOD = timedelta(weeks=PERIOD_WEEKS)


@transaction.atomic
def enter_draw(
    patient: UUID,
    *,
    often: str = "by_week",
    panel: Sequence[str] = USUAL_PANEL,
    by: Actor,
    at: datetime,
) -> UUID:
    """Let a person be tested at random from tomorrow on; the public id of their place in the draw."""
    episode = open_last_episode(patient, kind=KIND, by=by, at=at, verb="change")
    if episode is None:
        raise Cannot("The draw is for people who were admitted. Admit this person first.")
    require_running(episode)
    if often not in OFTEN:
        raise Cannot("Choose how often.", field="often")
    if not panel or not set(panel) <= set(ANALYTES):
        raise Cannot("Choose what is looked for.", field="panel")
    if entry_of(episode.patient_id):
        raise Cannot("This person is in the draw already. Take them out first to change it.")
    made = InDraw.objects.create(
        organization_id=by.organization,
        patient_id=episode.patient_id,
        often=often,
        panel=[code for code in ANALYTES if code in panel],
        starts_on=local_day(at, episode.site.time_zone) + timedelta(days=1),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    return made.uid


@transaction.atomic
def leave_draw(patient: UUID, *, by: Actor, at: datetime) -> None:
    """Take a person out of the draw; days that were drawn for them are not asked any more."""
    found = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    entry = only_row(entry_of(found.pk))
    if entry is None:
        raise Cannot("This person is not in the draw.")
    InDraw.objects.filter(pk=entry.pk).update(ends_on=local_day(at, by.time_zone))


@transaction.atomic
def choose_own_word(word: str, *, by: Actor, at: datetime) -> None:
    """Mix a word of the person's own into their chance from the next draw on; only its fingerprint is kept."""
    found = open_patient(own_patient(by=by), kind=KIND, by=by, at=at)
    entry = only_row(entry_of(found.pk))
    if entry is None:
        raise Cannot(_("You are not in the draw."))
    if not word.strip():
        raise Cannot(_("Write a word."), field="word")
    InDraw.objects.filter(pk=entry.pk).update(own_mark=mark_of(word))


def keep_periods(organization: int, *, today: date, at: datetime) -> dict[date, DrawPeriod]:
    """Publish the hash of this period and of the next, and show the seed of those that are over."""
    this = first_of_period(today)
    for first in (this, this + PERIOD):
        if not DrawPeriod.objects.filter(organization=organization, first_day=first).exists():
            seed = secrets.token_hex(SEED_BYTES)
            DrawPeriod.objects.get_or_create(
                organization_id=organization,
                first_day=first,
                defaults={"seed": seed, "commitment": commitment_of(seed), "recorded_at": at},
            )
    over = DrawPeriod.objects.filter(
        organization=organization, first_day__lte=today - PERIOD, revealed_at__isnull=True
    )
    over.update(revealed_at=at)
    return {
        one.first_day: one for one in DrawPeriod.objects.filter(organization=organization, first_day=this)
    }


@dataclass(frozen=True)
class Around:
    """What a draw rests on beside the person: the first day it may take, closed days, the program's numbers."""

    period: DrawPeriod
    not_before: date
    closed: frozenset[date]
    own: Mapping[str, Number]


def draw_for(
    entry: InDraw, episode: Episode, around: Around, *, last: date | None, earns: bool, at: datetime
) -> DrawnWeeks:
    """Draw one person's days for the coming days' week (or the weeks that share a draw), and write them down.

    `last` is the day of their last random test.
    """
    ask = _asked(entry, episode, around, last=last, earns=earns)
    made, _ = DrawnWeeks.objects.get_or_create(
        entry=entry,
        first_day=ask.first_day,
        defaults={
            "organization_id": entry.organization_id,
            "period": around.period,
            "weeks": ask.weeks,
            "count": ask.count,
            "candidates": [day.isoformat() for day in ask.candidates],
            "not_after": ask.not_after,
            "own_mark": ask.own_mark,
            "days": [day.isoformat() for day in draw_days(around.period.seed, ask)],
            "recorded_at": at,
        },
    )
    return made


def _asked(entry: InDraw, episode: Episode, around: Around, *, last: date | None, earns: bool) -> Ask:
    monday = week_of(around.not_before)
    admitted = local_day(episode.admitted_at, episode.site.time_zone)
    week = max(0, (around.not_before - admitted).days) // 7 + 1
    phase = phase_of(entry.often, week_of_stay=week, earns_rewards=earns)
    count, weeks = how_many(phase, around.own)
    weeks = min(weeks, PERIOD_WEEKS - (monday - around.period.first_day).days // 7)
    begins = max(around.not_before, entry.starts_on)
    return Ask(
        ticket=str(entry.ticket),
        first_day=monday,
        weeks=weeks,
        count=count,
        candidates=candidate_days(monday, weeks, not_before=begins, closed=around.closed),
        not_after=latest_day(last, phase, around.own),
        own_mark=entry.own_mark,
    )
