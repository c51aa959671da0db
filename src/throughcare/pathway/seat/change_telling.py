"""Those whom a change of single sessions concerns are told once: on their own page, and by a mail that says nothing.

Someone close who was to come too is told by mail only while the patient lets them know when they are expected; else
the patient is asked to tell them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from throughcare.knowledge.privacy.safe_ways import may_reach
from throughcare.knowledge.privacy.weighing import Request
from throughcare.pathway.actor import Actor
from throughcare.pathway.privacy.consents_kept import weigh_now
from throughcare.pathway.privacy.reaching import ways_shut
from throughcare.pathway.signing_in.door_mail import queue_mail
from throughcare.records.consents import FamilyAccount, PatientAccount
from throughcare.records.organizations import Site
from throughcare.records.people import Account, Practitioner, RelatedPerson
from throughcare.records.sessions import Session, SessionGuest
from throughcare.records.timetable_runs import WeekNotice
from throughcare.records.week_changes import WeekChange
from throughcare.records.week_rules import Absence

MAIL = "week_changed"
BY_MAIL, ON_PAGE, BY_MOUTH, WHEN_THEY_COME = "mail", "page", "mouth", "comes"
HOW_IN_WORDS = {
    BY_MAIL: "A mail that says only to sign in; they read it on their own page",
    ON_PAGE: "On their own page; they asked for no e-mail",
    BY_MOUTH: "By you: they have no account",
    WHEN_THEY_COME: "By you when they come: they have no account and asked for no calls",
}
NO_MAIL_HOME = "On their own page; no e-mail goes to the patient's home"
THEIR_OWN = "By the patient, who is asked to tell them"


@dataclass(frozen=True)
class GuestTold:
    """Someone close who was to come to a session: whose they are (the patient's key), and how they hear of it."""

    session: int
    patient: int
    name: str
    how: str
    account: Account | None

    @property
    def by_patient(self) -> bool:
        """Whether the patient has to tell them."""
        return self.how == THEIR_OWN


def open_change(
    site: Site,
    kind: str,
    *,
    because: str,
    from_date: date,
    by: Actor,
    at: datetime,
    absence: Absence | None = None,
) -> WeekChange:
    """Begin an act that changes sessions."""
    return WeekChange.objects.create(
        organization_id=by.organization,
        site=site,
        kind=kind,
        absence=absence,
        from_date=from_date,
        because=because.strip()[:200],
        recorded_by_id=by.account,
        recorded_at=at,
    )


def tell_concerned(
    change: WeekChange,
    people: Mapping[int, Sequence[str]],
    staff: Mapping[int, Sequence[str]],
    guests: Sequence[GuestTold] = (),
    *,
    by: Actor,
    at: datetime,
) -> None:
    """A notice for each patient and each of the staff (keys), and a word by mail where that is safe."""
    accounts, shut = accounts_of(people), ways_shut(list(people))
    workers = Practitioner.objects.filter(pk__in=staff).select_related("account")
    stamp = {
        "organization_id": change.organization_id,
        "change": change,
        "recorded_by_id": change.recorded_by_id,
        "recorded_at": at,
    }
    notices = [
        WeekNotice(**stamp, patient_id=key, account=accounts.get(key), lines=list(lines))
        for key, lines in sorted(people.items())
    ]
    notices += [
        WeekNotice(**stamp, practitioner=one, account=one.account, lines=list(staff[one.pk]))
        for one in workers.order_by("pk")
    ]
    WeekNotice.objects.bulk_create(notices)
    to = [one.account for one in notices if may_reach("email", shut.get(one.patient_id or 0, ()))]
    to += [guest.account for guest in guests if guest.how == HOW_IN_WORDS[BY_MAIL]]
    for account in {one.pk: one for one in to if one is not None}.values():
        if account.suspended_at is None and account.pk != by.account:
            queue_mail(account, MAIL, at=at)


def accounts_of(patients: Collection[int]) -> dict[int, Account]:
    """The own account of each patient (key) who has one."""
    rows = PatientAccount.objects.filter(patient__in=patients, ended_at__isnull=True)
    return {row.patient_id: row.account for row in rows.select_related("account")}


def how_told(patients: Collection[int]) -> dict[int, str]:
    """How each patient (key) hears of it, in words; two queries."""
    accounts, shut = accounts_of(patients), ways_shut(patients)
    return {key: HOW_IN_WORDS[_way(key in accounts, shut.get(key, frozenset()))] for key in patients}


def _way(has_account: bool, shut: Collection[str]) -> str:
    if has_account:
        return BY_MAIL if may_reach("email", shut) else ON_PAGE
    return BY_MOUTH if may_reach("phone", shut) else WHEN_THEY_COME


def guests_told(sessions: Collection[Session], *, at: datetime) -> list[GuestTold]:
    """Everyone close who was to come to these sessions, and how they hear of it."""
    rows = list(
        SessionGuest.objects.filter(session__in=sessions).select_related("person").order_by("session", "pk")
    )
    patients = {row.person.patient_id for row in rows}
    shut = ways_shut(patients) if patients else {}
    own = FamilyAccount.objects.filter(
        related_person__in={row.person_id for row in rows}, ended_at__isnull=True
    ).select_related("account")
    accounts = {
        row.related_person_id: row.account
        for row in (own if rows else ())
        if row.counts_from is None or row.counts_from <= at
    }
    return [
        _guest(row, accounts.get(row.person_id), shut.get(row.person.patient_id, frozenset()), at=at)
        for row in rows
    ]


def _guest(row: SessionGuest, account: Account | None, shut: frozenset[str], *, at: datetime) -> GuestTold:
    person, how = row.person, THEIR_OWN
    if account is not None and _may_know(person, at=at):
        reads_at_home = "email" in shut and person.lives_with
        how = NO_MAIL_HOME if reads_at_home else HOW_IN_WORDS[BY_MAIL]
    name = f"{person.name}, {person.relationship}".strip(", ")
    return GuestTold(row.session_id, person.patient_id, name, how, account)


def _may_know(person: RelatedPerson, *, at: datetime) -> bool:
    """Whether the patient lets this person know when they are expected."""
    request = Request(str(person.uid), "family", "family_involvement", "schedule", at)
    return bool(weigh_now(person.patient_id, request))


def ask_to_tell(guests: Sequence[GuestTold], patient: int) -> tuple[str, ...]:
    """The sentences that ask a patient (key) to tell those who were to come with them."""
    names = dict.fromkeys(one.name for one in guests if one.patient == patient and one.by_patient)
    return tuple(f"Please tell {name}, who was to come too." for name in names)
