"""The rota as its page shows it: who is on call now, the turns to come, gaps, holidays, swaps, handover notes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.on_call import LINES, Gap, Stretch, stretches
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import CannotSee, require
from throughcare.pathway.on_call.planning import find_site, gaps_of
from throughcare.pathway.on_call.rotas import able_to_answer, rota_of
from throughcare.pathway.privacy import at_sites, may_access
from throughcare.records.on_call import HandoverNote, OnCallSwap
from throughcare.records.organizations import Holiday, Site
from throughcare.records.people import Account

SHOWN_DAYS = 56
SWAPS_SHOWN = 30


@dataclass(frozen=True)
class TurnView:
    """A stretch of one line with whoever holds it; `holidays` are those that lie in it."""

    line: str
    starts_at: datetime
    ends_at: datetime
    name: str
    swapped: bool
    holidays: tuple[str, ...]
    is_now: bool


@dataclass(frozen=True)
class SwapView:
    """One swap in the log."""

    line: str
    name: str
    starts_at: datetime
    ends_at: datetime
    reason: str
    written_by: str
    written_at: datetime


@dataclass(frozen=True)
class NoteView:
    """One handover note; `read_by` is empty until somebody read it."""

    uid: UUID
    words: str
    written_by: str
    written_at: datetime
    read_by: str
    read_at: datetime | None


@dataclass(frozen=True)
class OnCallNow:
    """Who is on call at a site at this moment; empty names where nobody is."""

    site: UUID
    site_name: str
    primary: str
    backup: str
    notes: tuple[NoteView, ...] = ()
    gap_ahead: Gap | None = None


@dataclass(frozen=True)
class RotaPage:
    """One site's rota."""

    now: OnCallNow
    turns: tuple[TurnView, ...]
    gaps: tuple[Gap, ...]
    swaps: tuple[SwapView, ...]
    notes: tuple[NoteView, ...]
    people: tuple[tuple[UUID, str], ...]
    zone: str


def on_call_now(*, by: Actor, at: datetime, looks_ahead: int = 14) -> tuple[OnCallNow, ...]:
    """Who is on call at each site that `by` works at, unread handover notes, and the first gap of the days ahead."""
    require(may_access("crisis", by=by), CannotSee)
    sites = at_sites(
        Site.objects.filter(organization_id=by.organization).order_by("pk"), "crisis", column="pk", by=by
    )
    return tuple(_now(site, at=at, looks_ahead=looks_ahead) for site in sites)


def _now(site: Site, *, at: datetime, looks_ahead: int) -> OnCallNow:
    known = rota_of(site, since=at)
    holders = {line: known.holder(line, at) for line in LINES}
    names = _names([one for one in holders.values() if one is not None])
    ahead = gaps_of(site, known, since=at, until=at + timedelta(days=looks_ahead)) if looks_ahead else []
    unread = HandoverNote.objects.filter(organization=site.organization_id, site=site, read_at__isnull=True)
    return OnCallNow(
        site.uid,
        site.name,
        names.get(holders["primary"] or 0, ""),
        names.get(holders["backup"] or 0, ""),
        tuple(_note(row) for row in unread.select_related("recorded_by", "read_by").order_by("-pk")[:5]),
        ahead[0] if ahead else None,
    )


def rota_page(site: UUID, *, by: Actor, at: datetime) -> RotaPage:
    """A site's rota for the weeks to come, with its gaps. Raises `Absent` and `CannotSee`."""
    require(may_access("crisis", by=by), CannotSee)
    place = find_site(site, by=by)
    known, until = rota_of(place, since=at), at + timedelta(days=SHOWN_DAYS)
    held = [
        one
        for line in LINES
        for one in stretches(known.rotas, known.swaps, line, since=at, until=until)
        if one.person is not None
    ]
    names = _names([one.person for one in held if one.person is not None])
    closed = _holidays(place, local_day(at, place.time_zone), local_day(until, place.time_zone))
    notes = HandoverNote.objects.filter(organization=place.organization_id, site=place)
    able = Account.objects.filter(pk__in=able_to_answer(place.organization_id, place.pk))
    return RotaPage(
        _now(place, at=at, looks_ahead=0),
        tuple(
            _turn(one, names, closed, place, at=at)
            for one in sorted(held, key=lambda one: (one.starts_at, list(LINES).index(one.line)))
        ),
        tuple(gaps_of(place, known, since=at, until=until)),
        _swaps(place),
        tuple(_note(row) for row in notes.select_related("recorded_by", "read_by").order_by("-pk")[:10]),
        tuple(sorted(((one.uid, one.name) for one in able), key=lambda one: one[1])),
        place.time_zone,
    )


def _turn(
    one: Stretch, names: dict[int, str], closed: dict[date, str], site: Site, *, at: datetime
) -> TurnView:
    first, last = local_day(one.starts_at, site.time_zone), local_day(one.ends_at, site.time_zone)
    return TurnView(
        LINES[one.line],
        one.starts_at,
        one.ends_at,
        names.get(one.person or 0, ""),
        one.swapped,
        tuple(f"{name}, {day:%b} {day.day}" for day, name in closed.items() if first <= day <= last),
        one.starts_at <= at < one.ends_at,
    )


def _holidays(site: Site, first: date, last: date) -> dict[date, str]:
    rows = Holiday.objects.filter(
        Q(site=site) | Q(site__isnull=True), organization=site.organization_id, day__range=(first, last)
    )
    return dict(rows.order_by("day").values_list("day", "name"))


def _swaps(site: Site) -> tuple[SwapView, ...]:
    rows = OnCallSwap.objects.filter(organization=site.organization_id, site=site)
    return tuple(
        SwapView(
            LINES[row.line],
            row.account.name,
            row.starts_at,
            row.ends_at,
            row.reason,
            row.recorded_by.name if row.recorded_by else "",
            row.recorded_at,
        )
        for row in rows.select_related("account", "recorded_by").order_by("-pk")[:SWAPS_SHOWN]
    )


def _note(row: HandoverNote) -> NoteView:
    return NoteView(
        row.uid,
        row.words,
        row.recorded_by.name if row.recorded_by else "",
        row.recorded_at,
        row.read_by.name if row.read_by else "",
        row.read_at,
    )


def _names(accounts: list[int]) -> dict[int, str]:
    return dict(Account.objects.filter(pk__in=accounts).values_list("pk", "name"))
