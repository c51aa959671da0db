"""Planning who is on call: turns without an end, and swaps; a change that would leave a gap is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from throughcare.knowledge.on_call import LINES, Gap, Rota, Swap, gaps, new_gap
from throughcare.knowledge.verdict import Allowed, Refused, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, CannotSee, require
from throughcare.pathway.on_call.fitness import Fitness, fitness_of
from throughcare.pathway.on_call.rotas import SiteRota, rota_of
from throughcare.pathway.privacy import at_sites
from throughcare.pathway.program_settings import number
from throughcare.records.on_call import OnCallRota, OnCallSwap, OnCallTurn
from throughcare.records.organizations import Site
from throughcare.records.people import Account

PLANS = frozenset({"director", "clinician", "program"})
LONGEST_SWAP = timedelta(days=60)


@dataclass(frozen=True)
class NewRota:
    """Turns from a day on; people are accounts (public ids) in the order of their turns."""

    first_day: date
    changes_at: time
    turn_days: int
    primary: Sequence[UUID]
    backup: Sequence[UUID]


@dataclass(frozen=True)
class NewSwap:
    """Who takes which stretch of a line, and why."""

    line: str
    account: UUID
    starts_at: datetime
    ends_at: datetime
    reason: str = ""


def find_site(site: UUID, *, by: Actor) -> Site:
    """One of the organization's sites where `by` may plan. Raises `Absent`."""
    found = at_sites(
        Site.objects.filter(organization_id=by.organization, uid=site), "crisis", column="pk", by=by
    )
    one = found.first()
    if one is None:
        raise Absent("site")
    return one


@transaction.atomic
def plan_rota(site: UUID, new: NewRota, *, by: Actor, at: datetime) -> UUID:
    """Turns at a site from a day on, in place of those before. Refused when somebody would be missing in it."""
    _require_planner(by)
    place = _held(site, by)
    _check_turns(new)
    keys = _accounts([*new.primary, *new.backup], by=by)
    rota = Rota(
        new.first_day,
        new.changes_at,
        new.turn_days,
        place.time_zone,
        tuple(keys[one] for one in new.primary),
        tuple(keys[one] for one in new.backup),
    )
    known = rota_of(place, since=at)
    until = at + timedelta(days=_days_ahead(by, at))
    # Who is away for some days takes turns all the same: the page shows the gap until somebody swaps.
    fitness = replace(fitness_of(place, since=at), away={})
    after = SiteRota((*known.rotas, rota), known.swaps)
    require(_leaves_no_gap(place, known, after, fitness=fitness, since=at, until=until))
    return _store(rota, place, by=by, at=at)


def _store(rota: Rota, site: Site, *, by: Actor, at: datetime) -> UUID:
    row = OnCallRota.objects.create(
        organization_id=by.organization,
        site=site,
        first_day=rota.first_day,
        changes_at=rota.changes_at,
        turn_days=rota.turn_days,
        starts_at=rota.starts_at,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    OnCallTurn.objects.bulk_create(
        OnCallTurn(
            organization_id=by.organization,
            rota=row,
            line=line,
            place=place_in_line,
            account_id=person,
            recorded_by_id=by.account,
            recorded_at=at,
        )
        for line, people in (("primary", rota.primary), ("backup", rota.backup))
        for place_in_line, person in enumerate(people)
    )
    return row.uid


@transaction.atomic
def swap(site: UUID, new: NewSwap, *, by: Actor, at: datetime) -> UUID:
    """Somebody takes a stretch of a line: everyone for themselves, planners for anyone. A gap is refused."""
    place = _held(site, by)
    person = _accounts([new.account], by=by)[new.account]
    if person != by.account:
        _require_planner(by)
    if new.line not in LINES:
        raise Cannot("Choose primary or backup.", field="line")
    if not at < new.ends_at or not new.starts_at < new.ends_at:
        raise Cannot("The end comes after the start, and is still to come.", field="ends_at")
    if new.ends_at - new.starts_at > LONGEST_SWAP:
        raise Cannot("For so long a time plan new turns.", field="ends_at")
    known = rota_of(place, since=at)
    taken = Swap(new.line, person, new.starts_at, new.ends_at)
    after = SiteRota(known.rotas, (*known.swaps, taken))
    since, fitness = max(at, new.starts_at), fitness_of(place, since=at)
    require(_leaves_no_gap(place, known, after, fitness=fitness, since=since, until=new.ends_at))
    return OnCallSwap.objects.create(
        organization_id=by.organization,
        site=place,
        line=new.line,
        account_id=person,
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        reason=new.reason.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def gaps_of(site: Site, known: SiteRota, *, since: datetime, until: datetime) -> list[Gap]:
    """Where a site's rota can't be relied on, with the reason."""
    fitness = fitness_of(site, since=since)
    return gaps(known.rotas, known.swaps, since=since, until=until, unfit=fitness.unfit)


def _leaves_no_gap(
    site: Site, before: SiteRota, after: SiteRota, *, fitness: Fitness, since: datetime, until: datetime
) -> Verdict:
    was = gaps(before.rotas, before.swaps, since=since, until=until, unfit=fitness.unfit)
    comes = gaps(after.rotas, after.swaps, since=since, until=until, unfit=fitness.unfit)
    found = new_gap(was, comes) if before.rotas else (comes[0] if comes else None)
    if found is None:
        return Allowed()
    begins, ends = say(found.starts_at, site.time_zone), say(found.ends_at, site.time_zone)
    return Refused(
        f"That leaves a gap. {LINES[found.line]} from {begins} to {ends}: {found.because}.",
        cite="on-call rota",
    )


def say(moment: datetime, zone: str) -> str:
    """A moment on a site's clock, in words: Mon, Mar 9, 5:00 PM."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%a, %b} {local.day}, {local.hour % 12 or 12}:{local:%M %p}"


def _check_turns(new: NewRota) -> None:
    if not new.primary:
        raise Cannot("Choose who takes turns as primary.", field="primary")
    if not new.backup:
        raise Cannot("Choose who takes turns as backup.", field="backup")
    if not 1 <= new.turn_days <= 28:
        raise Cannot("A turn lasts 1 to 28 days.", field="turn_days")


def _require_planner(by: Actor) -> None:
    if not by.holds(*PLANS):
        raise CannotSee("Who is on call is planned by clinicians and the clinical director.")


def _held(site: UUID, by: Actor) -> Site:
    """The site, held until the transaction ends: two changes at once become one after the other."""
    return Site.objects.select_for_update(no_key=True).get(pk=find_site(site, by=by).pk)


def _accounts(people: Sequence[UUID], *, by: Actor) -> dict[UUID, int]:
    found = dict(
        Account.objects.filter(organization_id=by.organization, uid__in=people).values_list("uid", "pk")
    )
    if set(people) - set(found):
        raise Absent("account")
    return found


def _days_ahead(by: Actor, at: datetime) -> int:
    return int(number("on_call.swap_days", organization=by.organization, on=at.date()))
