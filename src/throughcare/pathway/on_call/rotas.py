"""A site's rotas and swaps as the rules read them, and who holds the lines at a moment. For pathway modules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from throughcare.knowledge.on_call import LINES, Rota, Swap, holder_at
from throughcare.knowledge.privacy import roles_that
from throughcare.records.on_call import OnCallRota, OnCallSwap
from throughcare.records.organizations import Site
from throughcare.records.people import Account, RoleGrant

ANSWERS = "crisis"


@dataclass(frozen=True)
class SiteRota:
    """All that decides who is on call at one site, in the order in which it was written."""

    rotas: tuple[Rota, ...]
    swaps: tuple[Swap, ...]

    def holder(self, line: str, at: datetime) -> int | None:
        """The account (key) that holds a line at a moment."""
        return holder_at(self.rotas, self.swaps, line, at)[0]


def rota_of(site: Site, *, since: datetime) -> SiteRota:
    """The site's rotas, and its swaps that are not over by `since`; three queries."""
    rows = OnCallRota.objects.filter(organization=site.organization_id, site=site)
    rotas = tuple(rota_from(row, site.time_zone) for row in rows.order_by("pk").prefetch_related("turns"))
    swaps = OnCallSwap.objects.filter(organization=site.organization_id, site=site, ends_at__gt=since)
    return SiteRota(
        rotas,
        tuple(Swap(row.line, row.account_id, row.starts_at, row.ends_at) for row in swaps.order_by("pk")),
    )


def rota_from(row: OnCallRota, zone: str) -> Rota:
    """A rota as the rules read it."""
    turns = sorted(row.turns.all(), key=lambda turn: turn.place)
    primary, backup = (tuple(turn.account_id for turn in turns if turn.line == line) for line in LINES)
    return Rota(row.first_day, row.changes_at, row.turn_days, zone, primary, backup)


def able_to_answer(organization: int, site: int, roles: Iterable[str] = ()) -> list[int]:
    """The accounts (keys) that sign in here and may answer a crisis at a site, by one of these roles or by any."""
    held = RoleGrant.objects.filter(
        Q(site__isnull=True) | Q(site=site),
        organization=organization,
        role__in=set(roles) or roles_that("change", ANSWERS) - {"patient", "alumnus"},
        ended_at__isnull=True,
    )
    open_accounts = Account.objects.filter(pk__in=held.values("account"), suspended_at__isnull=True)
    return list(
        open_accounts.exclude(practitioner__left_at__isnull=False).order_by("pk").values_list("pk", flat=True)
    )


def whom_to_page(site: Site, lines: Iterable[str], *, at: datetime) -> dict[int, str]:
    """Whom (keys) to page, each with the line it is as; a line that nobody can answer falls to the next one up.

    Empty only where nobody at all may answer a crisis.
    """
    rota, able = rota_of(site, since=at), set(able_to_answer(site.organization_id, site.pk))
    found: dict[int, str] = {}
    for line in lines:
        for account, as_line in _holders(site, line, rota, able, at):
            found.setdefault(account, as_line)
    return found


def _holders(site: Site, line: str, rota: SiteRota, able: set[int], at: datetime) -> list[tuple[int, str]]:
    """Who answers for a line: its holder, else the line above, else the directors, else everyone who may."""
    for one in ("primary", "backup")[list(LINES).index(line) :] if line in LINES else ():
        holder = rota.holder(one, at)
        if holder in able:
            return [(holder, one)]
    directors = able_to_answer(site.organization_id, site.pk, ("director",))
    return [(one, "director") for one in directors] or [(one, "anyone") for one in sorted(able)]
