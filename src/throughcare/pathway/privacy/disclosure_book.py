"""Reading the disclosure book: the accounting that a patient may ask for, and the program's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
from throughcare.knowledge.privacy.recipients import ALL as RECIPIENTS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.privacy.desk import open_list, open_patient, sites_for
from throughcare.pathway.privacy.telling import Item, items_of
from throughcare.records.disclosures import Disclosure
from throughcare.records.people import Patient

# 42 CFR 2.25 accounts for three years, 45 CFR 164.528 for six.
PART_2_YEARS, HIPAA_YEARS = 3, 6
PAGE_SIZE = 50
# After this, whoever prepared a telling is named on the page of the book. [ours]
WAITS_AT_MOST = timedelta(days=3)


@dataclass(frozen=True)
class DisclosureLine:
    """One telling, in words. Neither `sent_at` nor `withheld_at`: it waits."""

    uid: UUID
    patient: UUID
    patient_name: str
    prepared_at: datetime
    sent_at: datetime | None
    withheld_at: datetime | None
    withheld_because: str
    to: str
    affiliation: str
    recipient_class: str
    purpose: str
    plain_purpose: str
    method: str
    basis: str
    kinds: tuple[str, ...]
    plain_kinds: tuple[str, ...]
    items: tuple[Item, ...]
    facts: tuple[tuple[str, str], ...]
    consent: UUID | None
    statement: str
    by: str
    has_document: bool
    is_late: bool = False

    @property
    def state(self) -> str:
        """The key of the word for how it stands."""
        return "told" if self.sent_at else "withheld" if self.withheld_at else "waits"


def accounting(
    patient: UUID, *, by: Actor, at: datetime, years: int = PART_2_YEARS
) -> tuple[DisclosureLine, ...]:
    """What left about one patient in the last years, the newest first: for them and for who answers for privacy."""
    found = open_patient(patient, kind="disclosure", by=by, at=at)
    since = _years_before(at, years)
    rows = _rows(by).filter(patient=found, sent_at__gte=since).order_by("-sent_at", "-pk")
    return tuple(_lines(rows))


def own_accounting(*, by: Actor, at: datetime, years: int = PART_2_YEARS) -> tuple[DisclosureLine, ...]:
    """The accounting of whoever asks. Raises `Absent` for who has no record."""
    own = Patient.objects.filter(pk=by.patient or 0).values_list("uid", flat=True).first()
    if own is None:
        raise Absent("patient")
    return accounting(own, by=by, at=at, years=years)


def disclosures_of(patient: UUID, *, by: Actor, at: datetime) -> tuple[DisclosureLine, ...]:
    """Everything that was prepared about one patient: waiting, sent and withheld, the newest first."""
    found = open_patient(patient, kind="disclosure", by=by, at=at)
    return tuple(_lines(_rows(by).filter(patient=found).order_by("-prepared_at", "-pk")[:200]))


def disclosure_book(*, by: Actor, at: datetime, page: int = 1) -> tuple[tuple[DisclosureLine, ...], int]:
    """A page of the organization's book, the newest first, and how many rows there are."""
    rows = _at_own_sites(by).order_by("-prepared_at", "-pk")
    shown = list(rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    open_list("disclosure", sorted({row.patient_id for row in shown}), by=by, at=at)
    return tuple(_lines(shown)), rows.count()


def waiting_disclosures(*, by: Actor, at: datetime, mine: bool = False) -> tuple[DisclosureLine, ...]:
    """What was prepared and neither left nor was withheld, the oldest first; `mine`: by the actor alone."""
    rows = _rows(by).filter(recorded_by=by.account) if mine else _at_own_sites(by)
    waiting = rows.filter(sent_at__isnull=True, withheld_at__isnull=True)
    shown = list(waiting.order_by("prepared_at", "pk"))
    open_list("disclosure", sorted({row.patient_id for row in shown}), by=by, at=at)
    return tuple(_lines(shown, at=at))


def open_disclosure(disclosure: UUID, *, by: Actor, at: datetime) -> tuple[DisclosureLine, str]:
    """One telling with the words of its document."""
    row = _rows(by).filter(uid=disclosure).first()
    if row is None:
        raise Absent("disclosure")
    open_patient(row.patient.uid, kind="disclosure", by=by, at=at)
    return next(iter(_lines([row]))), row.document


def _rows(by: Actor) -> QuerySet[Disclosure]:
    return Disclosure.objects.select_related(
        "patient", "consent", "sent_by", "recorded_by", "related_person", "recipient"
    ).filter(organization_id=by.organization)


def _at_own_sites(by: Actor) -> QuerySet[Disclosure]:
    """The rows about people of the sites where `by` may read the book."""
    sites = sites_for("disclosure", by=by)
    if sites is None:
        return _rows(by)
    return _rows(by).filter(patient__in=Patient.objects.filter(episodes__site__in=sites))


def _years_before(at: datetime, years: int) -> datetime:
    try:
        return at.replace(year=at.year - years)
    except ValueError:  # the 29th of February
        return at.replace(year=at.year - years, day=28)


def _lines(rows: Iterable[Disclosure], *, at: datetime | None = None) -> Iterable[DisclosureLine]:
    """The rows in words; with a moment, those that have waited too long by then are late."""
    for row in rows:
        purpose, who = PURPOSES.get(row.purpose), row.sent_by or row.recorded_by
        yield DisclosureLine(
            uid=row.uid,
            patient=row.patient.uid,
            patient_name=row.patient.called,
            prepared_at=row.prepared_at,
            sent_at=row.sent_at,
            withheld_at=row.withheld_at,
            withheld_because=row.withheld_because,
            to=row.recipient_name,
            affiliation=row.recipient_affiliation,
            recipient_class=RECIPIENTS[row.recipient_class].words
            if row.recipient_class in RECIPIENTS
            else row.recipient_class,
            purpose=purpose.words if purpose else row.purpose,
            plain_purpose=purpose.plain if purpose else row.purpose,
            method=row.method,
            basis=row.basis,
            kinds=tuple(KINDS[kind].words for kind in row.kinds if kind in KINDS),
            plain_kinds=tuple(KINDS[kind].plain for kind in row.kinds if kind in KINDS),
            items=items_of(row),
            facts=tuple(row.facts.items()),
            consent=row.consent.uid if row.consent else None,
            statement=row.statement,
            by=who.name if who else "Throughcare",
            has_document=bool(row.document),
            is_late=at is not None and row.prepared_at < at - WAITS_AT_MOST,
        )
