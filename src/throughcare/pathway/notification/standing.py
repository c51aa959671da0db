"""The wishes that stand, for whatever sends: by account, or by the patient whose own account it is."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from throughcare.knowledge.notifications import Wishes
from throughcare.pathway.accounts import first_site
from throughcare.records.consents import PatientAccount
from throughcare.records.notifications import NotificationWish


def wishes_of(accounts: Collection[int]) -> dict[int, Wishes]:
    """By account (key) what they chose; nobody is in it who never chose. One query."""
    rows = NotificationWish.objects.filter(account__in=accounts).order_by("recorded_at", "pk")
    return {row.account_id: as_wishes(row) for row in rows}


def wishes_of_patient(patient: int) -> Wishes | None:
    """What the person (key) chose for their own account; None when they never did."""
    own = PatientAccount.objects.filter(patient=patient, ended_at__isnull=True).values("account")
    row = NotificationWish.objects.filter(account__in=own).order_by("-recorded_at", "-pk").first()
    return as_wishes(row) if row else None


def as_wishes(row: NotificationWish) -> Wishes:
    """A row as the rules read it."""
    return Wishes(row.way, row.quiet_from, row.quiet_until, tuple(row.off), tuple(row.links))


def tell_at(wishes: Wishes, *, organization: int, at: datetime) -> datetime:
    """The next moment at which somebody may be told, by the clocks of their clinic."""
    site = first_site(organization)
    zone = ZoneInfo(site.time_zone if site else "UTC")
    local = at.astimezone(zone)
    after = wishes.tell_at(local)
    return at if after == local else after.astimezone(at.tzinfo)
