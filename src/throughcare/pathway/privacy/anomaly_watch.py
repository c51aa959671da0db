"""Watching the book of accesses: what deserves a second look becomes a notice, once."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet

from throughcare.knowledge.clinic_calendar import day_bounds, local_day
from throughcare.knowledge.privacy.anomalies import AccessFact, Anomaly, find_anomalies
from throughcare.knowledge.privacy.kinds import BOOKS
from throughcare.pathway.accounts import first_site
from throughcare.pathway.privacy.notices import give_notice
from throughcare.pathway.privacy.own_work import note_own_work
from throughcare.pathway.program_settings import numbers
from throughcare.records.accesses import Access, AccessedPatient, AccessWatch
from throughcare.records.consents import Guard
from throughcare.records.emergencies import PrivacyNotice
from throughcare.records.organizations import Organization
from throughcare.records.people import Account, Patient

SETTINGS = ("access.off_panel_charts", "access.off_panel_minutes", "access.charts_per_day")
# Reading these is the work of who audits; it opens no chart.
BURST = "off_panel_burst"
NO_CHART = BOOKS | {"census", "outcome", "account"}


def watch_accesses(*, at: datetime) -> str:
    """Look at what every organization's book has had since the last look; each anomaly is told once."""
    told = 0
    for organization in Organization.objects.order_by("pk"):
        site = first_site(organization.pk)
        zone = site.time_zone if site else "UTC"
        told += _watch(organization.pk, zone, at=at)
    return f"{told} anomalies told"


def _watch(organization: int, zone: str, *, at: datetime) -> int:
    today = day_bounds(local_day(at, zone), zone)[0]
    through = _watched_through(organization, today)
    fresh = list(
        _opened(organization)
        .filter(sequence__gt=through, accessed_at__lte=at)
        .values_list("sequence", "account", "accessed_at")
    )
    if not fresh:
        return 0
    own = numbers(*SETTINGS, organization=organization, on=local_day(at, zone))
    # As far back as a burst reaches; for whoever opened more than anyone's work asks for, the clinic's whole day.
    since = min(moment for _, _, moment in fresh) - timedelta(minutes=int(own["access.off_panel_minutes"]))
    active = {account for _, account, _ in fresh if account}
    busy = _busy(organization, active, since=today, most=int(own["access.charts_per_day"]))
    looked_at = Q(account__in=active, accessed_at__gte=since) | Q(account__in=busy, accessed_at__gte=today)
    facts = list(_facts(organization, _opened(organization).filter(looked_at, accessed_at__lte=at), zone))
    told = sum(_tell(anomaly, organization, zone, at=at) for anomaly in find_anomalies(facts, own))
    AccessWatch.objects.update_or_create(
        organization_id=organization,
        defaults={"through_sequence": max(sequence for sequence, _, _ in fresh), "watched_at": at},
    )
    compared = len({fact.patient for fact in facts})
    note_own_work(
        "anomalies",
        "access_log",
        organization=organization,
        at=at,
        verb="see",
        purpose="audit",
        unlisted=compared,
    )
    return told


def _opened(organization: int) -> QuerySet[Access]:
    """The pages on which someone's record was opened, nearer than by a list."""
    rows = Access.objects.filter(organization=organization, account__isnull=False, allowed=True)
    return rows.exclude(relationship__in=("list", "self", "family", "beginning", ""))


def _watched_through(organization: int, today: datetime) -> int:
    """The last row that was looked at; the first time, the last of the days before."""
    row = AccessWatch.objects.filter(organization=organization).values_list("through_sequence", flat=True)
    known = row.first()
    if known is not None:
        return known
    before = Access.objects.filter(organization=organization, accessed_at__lt=today).order_by("-sequence")
    return before.values_list("sequence", flat=True).first() or 0


def _busy(organization: int, active: set[int], *, since: datetime, most: int) -> set[int]:
    """Who of these has more pages in the day than charts are expected: only their day is read as a whole."""
    pages = _opened(organization).filter(account__in=active, accessed_at__gte=since)
    counted = pages.order_by().values_list("account").annotate(pages=Count("pk")).filter(pages__gt=most)
    told = PrivacyNotice.objects.filter(
        organization=organization, kind="mass_reading", recorded_at__gte=since
    )
    return {account for account, _ in counted if account} - set(told.values_list("account", flat=True))


def _facts(organization: int, rows: QuerySet[Access], zone: str) -> Iterable[AccessFact]:
    """Each chart that was opened: the page's row says by whom and how near, its people say whose."""
    accesses = {row.pk: row for row in rows.order_by("sequence") if set(row.kinds) - NO_CHART}
    shown: dict[int, list[int]] = defaultdict(list)
    pairs = AccessedPatient.objects.filter(access__in=rows.values("pk")).values_list("access", "patient")
    for access, patient in pairs:
        if access in accesses:
            shown[access].append(patient)
    everyone = {patient for people in shown.values() for patient in people}
    guards = Guard.objects.filter(organization=organization, why="colleague")
    colleagues = set(guards.filter(ended_at__isnull=True).values_list("patient", flat=True))
    likeness = _Likeness({row.account_id for row in accesses.values() if row.account_id}, everyone)
    for key, row in accesses.items():
        account = row.account_id or 0
        for patient in shown[key]:
            yield AccessFact(
                account=account,
                patient=patient,
                opened_at=row.accessed_at,
                day=local_day(row.accessed_at, zone),
                relationship=row.relationship,
                kind=row.kinds[0],
                is_list=len(shown[key]) > 1,  # a session's page shows its group
                is_colleague=patient in colleagues,
                likeness=likeness(account, patient),
            )


class _Likeness:
    """What readers share with the people they open. An account knows no address of its own: only names are compared,
    and the address of whoever is a patient here besides working here."""

    def __init__(self, accounts: set[int], patients: set[int]) -> None:
        people = Patient.objects.filter(pk__in=patients).only("family_name", "address")
        self.names = {one.pk: _plain(one.family_name) for one in people}
        self.addresses = {one.pk: _plain(one.address) for one in people}
        readers = Account.objects.filter(pk__in=accounts).select_related("practitioner")
        self.readers = {one.pk: _family_name(one) for one in readers}
        own = Account.objects.filter(pk__in=accounts, own_record__ended_at__isnull=True)
        self.homes = {
            key: _plain(address)
            for key, address in own.values_list("pk", "own_record__patient__address")
            if address
        }

    def __call__(self, account: int, patient: int) -> frozenset[str]:
        name, home = self.names.get(patient, ""), self.addresses.get(patient, "")
        found = {"family_name"} if name and name == self.readers.get(account) else set()
        if home and home == self.homes.get(account):
            found.add("address")
        return frozenset(found)


def _family_name(account: Account) -> str:
    practitioner = getattr(account, "practitioner", None)
    name = practitioner.family_name if practitioner else account.name.split()[-1] if account.name else ""
    return _plain(name)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _tell(anomaly: Anomaly, organization: int, zone: str, *, at: datetime) -> bool:
    """Write the notice unless it stands already: an anomaly goes on growing while someone goes on reading."""
    mark = _mark(anomaly, zone)
    known = PrivacyNotice.objects.filter(
        organization=organization, account=anomaly.account, kind=anomaly.code
    )
    # The beginning of a burst slides where the window cuts it off: told after it began is told.
    same = known.filter(recorded_at__gte=anomaly.since) if anomaly.code == BURST else known.filter(mark=mark)
    if same.exists():
        return False
    one = anomaly.patients[0] if len(anomaly.patients) == 1 else None
    people = "" if one else f" {len(anomaly.patients)} people's charts so far."
    try:
        with transaction.atomic():
            give_notice(
                anomaly.code,
                f"{anomaly.because}{people}",
                organization=organization,
                patient=one,
                account=anomaly.account,
                mark=mark,
                at=at,
            )
    except IntegrityError:  # another worker told it at the same moment
        return False
    return True


def _mark(anomaly: Anomaly, zone: str) -> str:
    """What makes two findings the same: the rule, the reader, when it began; for one chart, the chart and the day."""
    is_burst = anomaly.code == BURST
    began = anomaly.since.isoformat() if is_burst else str(local_day(anomaly.since, zone))
    whose = anomaly.patients if anomaly.code in ("colleague", "same_address", "same_family_name") else ()
    return hashlib.sha256(f"{anomaly.code} {anomaly.account} {began} {whose}".encode()).hexdigest()
