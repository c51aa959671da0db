"""Kiosks: a browser at a site that asks for a code, and the codes that open one page there, once."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from throughcare.keys import mac, seal, unseal
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.records.organizations import Site
from throughcare.records.signing_in import Kiosk, KioskCode

CODE_LASTS = timedelta(minutes=10)
DIGITS = 6
PLACE = "kiosk code"
WRONG = "No page waits under this code. Codes last ten minutes and work once: ask for a new one at the desk."


@dataclass(frozen=True)
class KioskHere:
    """The kiosk that a browser is."""

    uid: UUID
    organization: int
    organization_name: str
    site: str


@dataclass(frozen=True)
class KioskLine:
    """A kiosk that runs, and who began it."""

    uid: UUID
    site: str
    began_by: str
    began_at: datetime


def _mark(words: str, use: str) -> str:
    return mac(words.encode(), use=f"kiosk {use}").hex()


def begin_kiosk(site: UUID, *, browser: str, by: Actor, at: datetime) -> None:
    """Make a browser a kiosk of a site; `browser` is a word that only it knows."""
    row = Site.objects.filter(organization_id=by.organization, uid=site).first()
    if row is None:
        raise Absent("site")
    Kiosk.objects.create(
        organization_id=by.organization,
        site=row,
        browser_mark=_mark(browser, "browser"),
        recorded_by_id=by.account,
        recorded_at=at,
    )


def running_kiosks(*, by: Actor) -> list[KioskLine]:
    """The kiosks of the organization, newest first."""
    rows = Kiosk.objects.filter(organization_id=by.organization, ended_at__isnull=True)
    return [
        KioskLine(row.uid, row.site.name, row.recorded_by.name if row.recorded_by else "", row.recorded_at)
        for row in rows.select_related("site", "recorded_by").order_by("-pk")
    ]


def end_kiosk(kiosk: UUID, *, by: Actor, at: datetime) -> None:
    """Make a kiosk an ordinary browser again, from wherever one is."""
    rows = Kiosk.objects.filter(organization_id=by.organization, uid=kiosk, ended_at__isnull=True)
    if not rows.update(ended_at=at):
        raise Absent("kiosk")


def kiosk_here(browser: str) -> KioskHere | None:
    """The kiosk that this browser is; None when it is none, or no longer."""
    rows = Kiosk.objects.select_related("organization", "site")
    row = rows.filter(browser_mark=_mark(browser, "browser"), ended_at__isnull=True).first()
    if row is None:
        return None
    return KioskHere(row.uid, row.organization_id, row.organization.name, row.site.name)


@transaction.atomic
def make_code(patient: int, *, leads_to: str, by: Actor, at: datetime) -> str:
    """Six digits that open an address at a kiosk; the caller has asked the privacy desk for this patient."""
    live = KioskCode.objects.filter(
        organization_id=by.organization, used_at__isnull=True, ends_at__gt=at
    ).values_list("code_mark", flat=True)
    taken = set(live)
    while True:
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        mark = _mark(f"{by.organization} {code}", "code")
        if mark not in taken:
            break
    KioskCode.objects.create(
        organization_id=by.organization,
        patient_id=patient,
        code_mark=mark,
        leads_to=seal(leads_to, place=PLACE),
        ends_at=at + CODE_LASTS,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    return code


@transaction.atomic
def use_code(code: str, *, kiosk: KioskHere, at: datetime) -> str:
    """Use a code up; the address that it opens. Raises `Cannot`, whatever is wrong with it, in one sentence."""
    mark = _mark(f"{kiosk.organization} {''.join(code.split())}", "code")
    row = (
        KioskCode.objects.select_for_update()
        .filter(organization_id=kiosk.organization, code_mark=mark, used_at__isnull=True, ends_at__gt=at)
        .first()
    )
    if row is None:
        raise Cannot(WRONG, field="code")
    KioskCode.objects.filter(pk=row.pk).update(used_at=at)
    return unseal(row.leads_to, place=PLACE)
