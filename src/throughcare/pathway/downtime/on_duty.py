"""Who is on duty at a site, with the numbers to call: what a page would do, a person must be able to do by phone."""

from dataclasses import dataclass
from datetime import datetime

from throughcare.knowledge.crisis.climb import LINES
from throughcare.pathway.on_call.rotas import whom_to_page
from throughcare.records.messages import StaffPhone
from throughcare.records.organizations import Site
from throughcare.records.people import Account, Practitioner


@dataclass(frozen=True)
class OnDuty:
    """Lines to read: who is on call now, and everyone who works here with a number."""

    on_call: tuple[str, ...]
    staff: tuple[str, ...]


def on_duty(site: Site, *, at: datetime) -> OnDuty:
    """Names with numbers; a staff member who gave no number is named without one."""
    paged = whom_to_page(site, ("primary", "backup", "director"), at=at)
    works = Practitioner.objects.filter(
        organization=site.organization_id, site=site, left_at__isnull=True, account__isnull=False
    )
    staff = {row.account_id for row in works if row.account_id}
    names = {row.pk: row.name for row in Account.objects.filter(pk__in=staff | paged.keys())}
    phones = StaffPhone.objects.filter(account__in=names, ended_at__isnull=True)
    numbers = {row.account_id: row.number for row in phones}

    def line(account: int) -> str:
        return f"{names[account]}: {numbers.get(account, 'no number given')}"

    return OnDuty(
        tuple(f"{LINES.get(as_line, as_line)}: {line(one)}" for one, as_line in paged.items()),
        tuple(sorted(line(one) for one in staff if one in names)),
    )
