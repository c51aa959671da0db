"""What someone close to a patient is shown: the kinds consented to at this moment, and nothing beside them.

Of a patient who consented to nothing there is no page: the answer is the same as for a patient who never was. No
line names a group, another person, or how many there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import override

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.family_education import FAMILY_SESSIONS
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART, MAY_LEAVE
from throughcare.knowledge.privacy.weighing import Request
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.family.sections import Shown, Whose, section, whose_page
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.consent import site_of
from throughcare.pathway.privacy.consents_kept import weigh_packet_now
from throughcare.pathway.privacy.telling import Item
from throughcare.pathway.release.family_viewing import show_to_family
from throughcare.records.consents import Consent, FamilyAccount
from throughcare.records.sessions import Session, SessionGuest

ASKED_FOR = MAY_LEAVE - APART
SESSIONS_AHEAD = timedelta(days=28)


@dataclass(frozen=True)
class Relation:
    """A patient who lets this account see something."""

    patient: UUID
    name: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class FamilyPage:
    """One patient as this relation may know them now; `mark` names the kinds, `until` the first that ends."""

    name: str
    sections: tuple[Shown, ...]
    mark: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class FamilySession:
    """A session for families; `expected`: this account is asked to come."""

    title: str
    starts_at: datetime
    ends_at: datetime
    expected: bool


def my_relations(*, by: Actor, at: datetime) -> tuple[Relation, ...]:
    """Everyone who lets this account see something at this moment; each is written in the book of accesses."""
    lines = []
    for account in _accounts(by=by, at=at):
        patient = account.related_person.patient
        kinds = list(_consented(account, at=at))
        for kind in kinds[:1]:
            open_patient(patient.uid, kind=kind, by=by, at=at)
            lines.append(Relation(patient.uid, patient.called, tuple(KINDS[one].words for one in kinds)))
    return tuple(sorted(lines, key=lambda line: line.name))


def _accounts(*, by: Actor, at: datetime) -> list[FamilyAccount]:
    rows = FamilyAccount.objects.select_related("related_person__patient").filter(
        organization_id=by.organization,
        account=by.account,
        ended_at=None,
        related_person__ended_at=None,
    )
    return [row for row in rows.order_by("pk") if row.counts_from is None or row.counts_from <= at]


def _consented(account: FamilyAccount, *, at: datetime) -> dict[str, str]:
    """The kinds consented to, each with the public id of the consent."""
    person = account.related_person
    return kinds_let(person.patient_id, person.uid, at=at)


def kinds_let(patient: int, related: UUID, *, at: datetime) -> dict[str, str]:
    """What a patient (key) lets a relation see at this moment, by kind with its consent. For this package."""
    request = Request(str(related), "family", "family_involvement", "identity", at)
    packet = weigh_packet_now(patient, request, ASKED_FOR)
    return {kind: packet.items[kind].consent or "" for kind in KINDS if packet.items.get(kind)}


def family_page(patient: UUID, *, by: Actor, at: datetime) -> FamilyPage:
    """What this account may see of a patient now. Raises `Absent` for an unknown patient and for one who consented to
    nothing alike; the attempt is in the patient's list of accesses."""
    for account in _accounts(by=by, at=at):
        if account.related_person.patient.uid == patient:
            kinds = _consented(account, at=at)
            if kinds:
                return _page(account, kinds, by=by, at=at)
    open_patient(patient, kind="attendance", by=by, at=at)  # writes the attempt, then says `Absent`
    raise Absent("patient")


def still_lets(patient: UUID, mark: str, *, by: Actor, at: datetime) -> bool:
    """Whether a page of these kinds (its `mark`) may stay open. It shows nothing, so nothing is written."""
    return any(
        mark and mark_of(_consented(account, at=at)) == mark
        for account in _accounts(by=by, at=at)
        if account.related_person.patient.uid == patient
    )


def mark_of(kinds: dict[str, str]) -> str:
    """Kinds as a page carries them."""
    return ".".join(sorted(kinds))


def family_sessions(*, by: Actor, at: datetime) -> tuple[FamilySession, ...]:
    """Sessions for families in the next weeks where those who let this account in are treated; to others nothing."""
    letting = [account for account in _accounts(by=by, at=at) if _consented(account, at=at)]
    sites = {site.pk for account in letting if (site := site_of(account.related_person.patient))}
    related = [account.related_person_id for account in letting]
    today = local_day(at, by.time_zone)
    rows = Session.objects.filter(
        organization_id=by.organization,
        site__in=sites,
        local_day__range=(today, today + SESSIONS_AHEAD),
        session_type__in=FAMILY_SESSIONS,
        group__isnull=False,
        ends_at__gt=at,
        cancelled_at=None,
    ).order_by("starts_at", "pk")
    asked = set(
        SessionGuest.objects.filter(person__in=related, session__in=rows).values_list("session", flat=True)
    )
    return tuple(
        FamilySession(SESSION_TYPES[row.session_type].title, row.starts_at, row.ends_at, row.pk in asked)
        for row in rows
    )


def _page(account: FamilyAccount, kinds: dict[str, str], *, by: Actor, at: datetime) -> FamilyPage:
    for kind in kinds:
        found = open_patient(account.related_person.patient.uid, kind=kind, by=by, at=at)
    whose = whose_page(found, account.related_person_id, at=at)
    with override("en-us"):  # the book is kept in one language, whatever its reader reads
        _write_in_the_book(account, sections_of(kinds, whose), by=by, at=at)
    return page_of(kinds, whose)


def page_of(kinds: dict[str, str], whose: Whose) -> FamilyPage:
    """The page with these kinds, for this package; nothing is opened or written."""
    consents = Consent.objects.filter(uid__in=[one for one in kinds.values() if one])
    ends = [moment for moment in consents.values_list("expires_at", flat=True) if moment]
    return FamilyPage(
        whose.patient.called, sections_of(kinds, whose), mark_of(kinds), min(ends) if ends else None
    )


def sections_of(kinds: dict[str, str], whose: Whose) -> tuple[Shown, ...]:
    """Each kind as this relation reads it."""
    return tuple(section(kind, whose) for kind in kinds)


def _write_in_the_book(account: FamilyAccount, shown: Sequence[Shown], *, by: Actor, at: datetime) -> None:
    """The viewing is a disclosure: weighed once more behind the patient's lock, and written before it is shown."""
    person = account.related_person
    items = tuple(
        Item(
            one.kind,
            one.title,
            lines=("To be told when they ask",)
            if one.on_request
            else tuple(" ".join(line) for line in one.lines),
        )
        for one in shown
    )
    try:
        show_to_family(person.patient.uid, person.uid, person.name, items, by=by, at=at)
    except Cannot as taken_back:
        raise Absent("patient") from taken_back
