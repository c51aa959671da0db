"""Everyone whose week will fall below the least hours: by how much, what would save it, offered to all in one go."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.hours import WeekLedger, in_hours
from throughcare.knowledge.recording.saving_weeks import minutes_short
from throughcare.knowledge.week_rules import Span, say_span
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import CannotSee, require
from throughcare.pathway.privacy import at_sites, may_access
from throughcare.pathway.privacy.guards import open_roster
from throughcare.pathway.program_settings import number
from throughcare.pathway.seat.change_telling import how_told
from throughcare.pathway.seat.saving import ShortOne, short_ones
from throughcare.pathway.seat.seat_telling import MAIL, open_accounts_of
from throughcare.pathway.seat.weighing import WEEK
from throughcare.pathway.session.hours import hours_of_week
from throughcare.pathway.session.session_rows import called
from throughcare.pathway.signing_in.door_mail import queue_mail
from throughcare.records.episodes import CareTeamMember, Episode
from throughcare.records.offers import MakeUpOffer
from throughcare.records.people import Patient

MINE, SITE = "mine", "site"


@dataclass(frozen=True)
class ShortWeek:
    """One person whose week falls short. `how_told` is how they would hear of it, `offered_at` since when they have."""

    patient: UUID
    name: str
    ledger: WeekLedger
    missing_minutes: int
    saving: tuple[str, ...]
    choices: int
    comes_to: float
    is_saved: bool
    how_told: str
    offered_at: datetime | None
    has_declined: bool

    @property
    def short_by(self) -> str:
        """The hours that are missing."""
        return in_hours(self.missing_minutes)

    @property
    def may_be_offered(self) -> bool:
        """Whether something fits them that was not offered yet."""
        return bool(self.choices) and self.offered_at is None and not self.has_declined


@dataclass(frozen=True)
class ShortWeeks:
    """The short weeks among `looked_at` people of one's panel or sites; `without_plan` have no hours prescribed."""

    whose: str
    has_panel: bool
    people: tuple[ShortWeek, ...]
    looked_at: int
    without_plan: int

    @property
    def to_offer(self) -> tuple[ShortWeek, ...]:
        """Those to whom something can be offered now."""
        return tuple(one for one in self.people if one.may_be_offered)


@dataclass(frozen=True)
class _Panel:
    """The people looked at, and whether they are the reader's own panel."""

    episodes: Sequence[Episode]
    whose: str
    has_panel: bool


def short_weeks(*, by: Actor, at: datetime, whose: str = "") -> ShortWeeks:
    """The short weeks of one's panel (`mine`) or of everyone at one's sites (`site`); one's panel, if there is one.

    About thirty queries for each time zone, whatever the number of people.
    """
    require(may_access("make_up", by=by), CannotSee)
    panel = _panel(whose, by=by)
    found, ledgers = _short(panel.episodes, by=by, at=at)
    hidden = open_roster("make_up", [one.episode.patient_id for one in found], by=by, at=at)
    shown = [one for one in found if one.episode.patient_id not in hidden]
    offers = _offers(shown, at=at)
    ways = how_told([one.episode.patient_id for one in shown]) if shown else {}
    people = [_view(one, offers, ways[one.episode.patient_id]) for one in shown]
    return ShortWeeks(
        whose=panel.whose,
        has_panel=panel.has_panel,
        people=tuple(sorted(people, key=lambda one: (-one.missing_minutes, one.name))),
        looked_at=len(panel.episodes),
        without_plan=sum(not ledger.prescribed for ledger in ledgers.values()),
    )


def how_many_fall_short(*, by: Actor, at: datetime) -> int:
    """How many of one's own panel will fall below the least hours this week; none for who has no panel."""
    if by.practitioner is None or not may_access("make_up", by=by):
        return 0
    mine = _of_practitioner(by)
    return sum(
        minutes_short(ledger) > 0
        for episodes in _by_zone(mine).values()
        for ledger in _ledgers(episodes, by=by, at=at).values()
    )


def _panel(whose: str, *, by: Actor) -> _Panel:
    mine = _of_practitioner(by)
    if mine and whose != SITE:
        return _Panel(mine, MINE, has_panel=True)
    return _Panel(list(at_sites(_in_care(by), "make_up", by=by)), SITE, has_panel=bool(mine))


def _in_care(by: Actor) -> QuerySet[Episode]:
    rows = Episode.objects.filter(organization_id=by.organization, ended_at__isnull=True)
    return rows.select_related("patient", "site").order_by("pk")


def _of_practitioner(by: Actor) -> list[Episode]:
    if by.practitioner is None:
        return []
    mine = CareTeamMember.objects.filter(practitioner=by.practitioner, ended_at__isnull=True).values(
        "episode"
    )
    return list(at_sites(_in_care(by).filter(pk__in=mine), "make_up", by=by))


def _by_zone(episodes: Sequence[Episode]) -> dict[str, list[Episode]]:
    found: dict[str, list[Episode]] = defaultdict(list)
    for episode in episodes:
        found[episode.site.time_zone].append(episode)
    return found


def _monday(zone: str, *, by: Actor, at: datetime) -> date:
    today = local_day(at, zone)
    return week_of(today, number("week_start", organization=by.organization, on=today))


def _ledgers(episodes: Sequence[Episode], *, by: Actor, at: datetime) -> dict[int, WeekLedger]:
    zone = episodes[0].site.time_zone
    keys = [one.patient_id for one in episodes]
    return hours_of_week(keys, _monday(zone, by=by, at=at), zone=zone, organization=by.organization, at=at)


def _short(
    episodes: Sequence[Episode], *, by: Actor, at: datetime
) -> tuple[list[ShortOne], dict[int, WeekLedger]]:
    found: list[ShortOne] = []
    ledgers: dict[int, WeekLedger] = {}
    for zone, people in _by_zone(episodes).items():
        every = _ledgers(people, by=by, at=at)
        ledgers |= every
        short = [one for one in people if minutes_short(every[one.patient_id]) > 0]
        found += short_ones(short, _monday(zone, by=by, at=at), by=by, at=at, ledgers=every)
    return found, ledgers


def _offers(people: Sequence[ShortOne], *, at: datetime) -> dict[int, list[MakeUpOffer]]:
    """What was offered to each of these people (keys) for this week."""
    found: dict[int, list[MakeUpOffer]] = defaultdict(list)
    if not people:
        return found
    first = min(one.ledger.begins for one in people)
    rows = MakeUpOffer.objects.filter(
        patient__in=[one.episode.patient_id for one in people],
        local_day__gte=first,
        local_day__lt=first + WEEK + timedelta(days=1),
    )
    for row in rows.order_by("pk"):
        found[row.patient_id].append(row)
    return found


def _view(one: ShortOne, offers: dict[int, list[MakeUpOffer]], way: str) -> ShortWeek:
    patient = one.episode.patient
    made = offers[patient.pk]
    told = [row.told_at for row in made if row.told_at is not None and row.ended_at is None]
    return ShortWeek(
        patient=patient.uid,
        name=called(patient),
        ledger=one.ledger,
        missing_minutes=one.missing_minutes,
        saving=tuple(
            say_span(Span(row.starts_at, row.ends_at), one.episode.site.time_zone) + f", {row.title}"
            for row in one.saving
        ),
        choices=len(one.fitting),
        comes_to=one.comes_to,
        is_saved=one.is_saved,
        how_told=way,
        offered_at=max(told, default=None),
        has_declined=any(row.how == "declined" for row in made) and not told,
    )


@transaction.atomic
def offer_short_weeks(patients: Collection[UUID], *, by: Actor, at: datetime) -> int:
    """Offer these people what would save their weeks; how many were new to it. Nobody is told twice.

    Those who can be reached by mail get a neutral word; the others are told when someone meets them.
    """
    require(may_access("make_up", by=by, verb="change"), CannotSee)
    rows = at_sites(_in_care(by), "make_up", by=by, verb="change").filter(patient__uid__in=patients)
    found, _ = _short(list(rows), by=by, at=at)
    hidden = open_roster("make_up", [one.episode.patient_id for one in found], by=by, at=at, verb="change")
    # Held before it is asked what they were offered: two who offer at once tell everyone once.
    held = Patient.objects.select_for_update(no_key=True).filter(
        pk__in=[one.episode.patient_id for one in found]
    )
    list(held.order_by("pk").values_list("pk"))
    offers, fresh = _offers(found, at=at), []
    for one in found:
        made = offers[one.episode.patient_id]
        told = any(row.told_at is not None and row.ended_at is None for row in made)
        declined = any(row.how == "declined" for row in made)
        if one.fitting and not told and not declined and one.episode.patient_id not in hidden:
            fresh.append(one)
    _write_offers(fresh, by=by, at=at)
    return len(fresh)


def _write_offers(people: Sequence[ShortOne], *, by: Actor, at: datetime) -> None:
    """An offer for each, told from now on; one that a miss has opened counts as told too."""
    keys = [one.episode.patient_id for one in people]
    waiting = MakeUpOffer.objects.filter(patient__in=keys, told_at__isnull=True, ended_at__isnull=True)
    waiting.update(told_at=at)
    MakeUpOffer.objects.bulk_create(
        MakeUpOffer(
            organization_id=by.organization,
            patient_id=one.episode.patient_id,
            episode=one.episode,
            local_day=local_day(at, one.episode.site.time_zone),
            told_at=at,
            recorded_by_id=by.account,
            recorded_at=at,
        )
        for one in people
    )
    for account in open_accounts_of(keys).values():
        queue_mail(account, MAIL, at=at)
