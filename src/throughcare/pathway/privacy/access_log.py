"""Reading the book of accesses: by whoever audits the program, and by the person whose record it is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
from throughcare.knowledge.privacy.relationships import ALL as RELATIONSHIPS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.privacy.desk import open_list, open_patient
from throughcare.pathway.privacy.own_work import PROGRAM, SURFACES
from throughcare.records.accesses import Access, AccessedPatient
from throughcare.records.people import Account, Patient, Practitioner

PAGE_SIZE = 25
NAMED = 3  # of a row's people; of a longer list only how many

ON_A_LIST = "on a list"
KEPT_INSIDE = "what the program keeps about you for its own work"
BY_ITSELF = "the program itself"
VERBS = {"see": "saw", "change": "changed", "print": "printed", "export": "took out"}


@dataclass(frozen=True)
class LogFilters:
    """What the log is narrowed to; None and "" leave everything in."""

    patient: UUID | None = None
    account: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    kind: str = ""
    only: str = ""


@dataclass(frozen=True)
class Shown:
    """One of the people on a row."""

    uid: UUID
    name: str


@dataclass(frozen=True)
class LogLine:
    """One row of the book, in words. `others`: how many people stand on it besides those named."""

    uid: UUID
    sequence: int
    at: datetime
    who: str
    did: str
    what: str
    people: tuple[Shown, ...]
    others: int
    purpose: str
    relationship: str
    allowed: bool
    consent: UUID | None
    surface: str
    plain: str
    why: str

    @property
    def on_a_list(self) -> bool:
        """Whether several people stood on that page."""
        return self.relationship == ON_A_LIST

    @property
    def tone(self) -> str:
        """How the line stands out."""
        return "plain" if self.allowed else "watch"


@dataclass(frozen=True)
class AccessLog:
    """A page of the book, the newest row first; `about` is the one person it was narrowed to."""

    lines: tuple[LogLine, ...]
    page: int
    total: int
    about: str = ""


def access_log(
    filters: LogFilters, *, by: Actor, at: datetime, page: int = 1, page_size: int = PAGE_SIZE
) -> AccessLog:
    """The organization's book, for those who answer for privacy. Reading it is written in it."""
    found = _narrowed(filters, by)
    total = found.count()
    rows = list(found.order_by("-sequence")[(page - 1) * page_size : page * page_size])
    shown = _shown(rows)
    open_list("access_log", sorted({key for keys in shown.values() for key in keys}), by=by, at=at)
    return AccessLog(tuple(_lines(rows, shown)), page, total)


def who_saw(patient: UUID, *, by: Actor, at: datetime, page: int = 1) -> AccessLog:
    """Everyone who saw or changed one person's record: for that person, and for those who answer for privacy."""
    found = open_patient(patient, kind="access_log", by=by, at=at)
    rows_of = Access.objects.filter(organization=by.organization, shown__patient=found.pk)
    rows = list(
        rows_of.select_related("account").order_by("-sequence")[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    )
    lines = tuple(_lines(rows, {row.pk: [found.pk] for row in rows}))
    return AccessLog(lines, page, rows_of.count(), about=found.called)


def own_seen_by(*, by: Actor, at: datetime, page: int = 1) -> AccessLog:
    """Everyone who saw or changed the record of the person who asks. Raises `Absent` for who has none."""
    own = Patient.objects.filter(pk=by.patient or 0).values_list("uid", flat=True).first()
    if own is None:
        raise Absent("patient")
    return who_saw(own, by=by, at=at, page=page)


def staff_who_may_appear(*, by: Actor) -> list[tuple[str, str]]:
    """Everyone with an account in the organization: public id and name, for a filter."""
    accounts = Account.objects.filter(organization=by.organization).values_list("uid", "name")
    return sorted(((str(uid), name) for uid, name in accounts), key=lambda one: (one[1], one[0]))


def _narrowed(filters: LogFilters, by: Actor) -> QuerySet[Access]:
    rows = Access.objects.select_related("account").filter(organization=by.organization)
    if filters.patient:
        rows = rows.filter(shown__patient__uid=filters.patient)
    if filters.account:
        rows = rows.filter(account__uid=filters.account)
    if filters.since:
        rows = rows.filter(accessed_at__gte=filters.since)
    if filters.until:
        rows = rows.filter(accessed_at__lt=filters.until)
    if filters.only == "refused":
        rows = rows.filter(allowed=False)
    elif filters.only == "off_panel":
        rows = rows.filter(relationship="off_panel")
    elif filters.only == "emergency":
        rows = rows.filter(relationship="emergency")
    if filters.kind:
        rows = rows.filter(kinds__icontains=f'"{filters.kind}"')
    return rows


def _shown(rows: Iterable[Access]) -> dict[int, list[int]]:
    """The people's keys on each row, in one query."""
    shown: dict[int, list[int]] = defaultdict(list)
    pairs = AccessedPatient.objects.filter(access__in=[row.pk for row in rows]).order_by("pk")
    for access, patient in pairs.values_list("access", "patient"):
        shown[access].append(patient)
    return shown


def _lines(rows: Sequence[Access], shown: dict[int, list[int]]) -> Iterable[LogLine]:
    named = {key for row in rows for key in shown.get(row.pk, [])[:NAMED]}
    people = {one.pk: Shown(one.uid, one.called) for one in Patient.objects.filter(pk__in=named)}
    credentials = dict(
        Practitioner.objects.filter(account__in={row.account_id for row in rows}).values_list(
            "account", "credential"
        )
    )
    for row in rows:
        keys = shown.get(row.pk, [])
        yield LogLine(
            uid=row.uid,
            sequence=row.sequence,
            at=row.accessed_at,
            who=_who(row, credentials),
            did=VERBS.get(row.verb, row.verb) if row.allowed else "was refused",
            what=", ".join(KINDS[kind].words for kind in row.kinds if kind in KINDS),
            people=tuple(people[key] for key in keys[:NAMED]),
            others=max(len(keys) - NAMED, 0) + row.unlisted,
            purpose=PURPOSES[row.purpose].words if row.purpose in PURPOSES else row.purpose,
            relationship=_how_near(row),
            allowed=row.allowed,
            consent=row.consent,
            surface=row.surface,
            plain=", ".join(
                dict.fromkeys(
                    gettext(KINDS[kind].plain or KEPT_INSIDE) for kind in row.kinds if kind in KINDS
                )
            ),
            why=PURPOSES[row.purpose].plain if row.purpose in PURPOSES else row.purpose,
        )


def _who(row: Access, credentials: dict[int, str]) -> str:
    if row.account is None:
        return BY_ITSELF.capitalize() if row.surface in SURFACES else "Someone with a link"
    credential = credentials.get(row.account.pk, "")
    return f"{row.account.name}, {credential}" if credential else row.account.name


def _how_near(row: Access) -> str:
    if row.relationship == PROGRAM:
        return BY_ITSELF
    return RELATIONSHIPS[row.relationship].words if row.relationship in RELATIONSHIPS else ON_A_LIST
