"""What people are told of seats and places: the person, neutrally by mail and in words behind their sign-in, and their
therapist on Today. Each is told once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from throughcare.knowledge.week_rules import Span, say_day, say_span
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.seat.change_telling import accounts_of
from throughcare.pathway.signing_in.door_mail import queue_mail
from throughcare.records.episodes import CareTeamMember, Episode
from throughcare.records.offers import SeatNotice
from throughcare.records.people import Account, Practitioner
from throughcare.records.sessions import Session
from throughcare.records.timetables import Group

MAIL = "seat_waits"
THERAPIST = "primary_therapist"


@dataclass(frozen=True)
class SeatWord:
    """One thing that someone is told; `is_mine`: it is about the reader's own week."""

    uid: UUID
    kind: str
    words: str
    patient: UUID
    session: UUID | None
    group: UUID | None
    since: datetime
    is_mine: bool


def tell_of_seat(
    episode: Episode,
    kind: str,
    *,
    at: datetime,
    session: Session | None = None,
    group: Group | None = None,
    from_date: date | None = None,
) -> None:
    """Write down what a person and their therapist are to be told; the person gets a word by mail."""
    about = {
        "organization_id": episode.organization_id,
        "patient_id": episode.patient_id,
        "kind": kind,
        "session": session,
        "group": group,
        "from_date": from_date,
        "recorded_at": at,
    }
    account = open_accounts_of([episode.patient_id]).get(episode.patient_id)
    therapist = therapists_of([episode.pk]).get(episode.pk)
    notices = [SeatNotice(**about, account=account)]
    if therapist is not None:
        notices.append(SeatNotice(**about, practitioner=therapist, account=therapist.account))
    SeatNotice.objects.bulk_create(notices)
    if account is not None:
        queue_mail(account, MAIL, at=at)


def open_accounts_of(patients: Collection[int]) -> dict[int, Account]:
    """The account by which each patient (key) signs in, where they have one that is open."""
    found = accounts_of(patients)
    return {patient: account for patient, account in found.items() if account.suspended_at is None}


def therapists_of(episodes: Collection[int]) -> dict[int, Practitioner]:
    """The primary therapist of each episode (key)."""
    rows = CareTeamMember.objects.filter(episode__in=episodes, part=THERAPIST, ended_at__isnull=True)
    return {row.episode_id: row.practitioner for row in rows.select_related("practitioner__account")}


def my_seat_words(*, by: Actor, at: datetime) -> tuple[SeatWord, ...]:
    """What waits to be read by whoever is signed in, newest last."""
    if by.account is None:
        return ()
    rows = list(
        SeatNotice.objects.filter(organization_id=by.organization, account=by.account, told_at__isnull=True)
        .select_related("patient", "session__site", "group__site")
        .order_by("pk")
    )
    others = [row.patient_id for row in rows if row.practitioner_id is not None]
    hidden = open_roster("schedule", others, by=by, at=at) if others else frozenset()
    return tuple(_word(row, hidden) for row in rows)


def heard_of_seat(notice: UUID, *, by: Actor, at: datetime) -> None:
    """Whoever is signed in has read what they were told."""
    rows = SeatNotice.objects.filter(organization_id=by.organization, uid=notice, account=by.account)
    if by.account is None or not rows.exists():
        raise Absent("notice")
    rows.filter(told_at__isnull=True).update(told_at=at, told_by=by.account, told_how="page")


def _word(row: SeatNotice, hidden: frozenset[int]) -> SeatWord:
    mine = row.practitioner_id is None
    who = HIDDEN if row.patient_id in hidden else row.patient.called
    return SeatWord(
        uid=row.uid,
        kind=row.kind,
        words=_own_words(row) if mine else _staff_words(row, who),
        patient=row.patient.uid,
        session=row.session.uid if row.session else None,
        group=row.group.uid if row.group else None,
        since=row.recorded_at,
        is_mine=mine,
    )


def _own_words(row: SeatNotice) -> str:
    if row.session is not None:
        words = _("A seat came free for you: {session} on {when}. It is held until you answer.")
        return words.format(session=row.session.title, when=_own_when(row.session))
    return _("You have a place in {group} from {day} on.").format(group=_group(row), day=_own_from(row))


def _staff_words(row: SeatNotice, who: str) -> str:
    if row.session is not None:
        return f"{who} was first in line for {row.session.title} on {_when(row.session)}: the seat is held for them."
    return f"{who} was first in line for {_group(row)} and has a place from {_from(row)} on."


def _group(row: SeatNotice) -> str:
    return row.group.name if row.group else _("the group")


def _from(row: SeatNotice) -> str:
    return say_day(row.from_date) if row.from_date else "now"


def _own_when(session: Session) -> str:
    zone = ZoneInfo(session.site.time_zone)
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    begins = date_format(starts, _("l, F j, g:i A"))
    return _("{starts} to {ends}").format(starts=begins, ends=date_format(ends, "g:i A"))


def _own_from(row: SeatNotice) -> str:
    return date_format(row.from_date, _("l, F j")) if row.from_date else _("now")


def _when(session: Session) -> str:
    return say_span(Span(session.starts_at, session.ends_at), session.site.time_zone)
