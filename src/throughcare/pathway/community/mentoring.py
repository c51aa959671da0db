"""My mentor, or whom I mentor: what we let each other know, within which bounds, and how either ends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.mentoring import SHARES, Match
from throughcare.knowledge.milestones import Milestone
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.community.match_telling import tell_of_yes
from throughcare.pathway.community.mentor import KIND, end_match, state_of
from throughcare.pathway.community.milestone import milestones_for_a_mentor
from throughcare.pathway.community.name import names_of
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.privacy.peers import show_to_peer
from throughcare.records.community import Mentoring, MentoringYes
from throughcare.records.people import Patient


@dataclass(frozen=True)
class Yes:
    """What somebody lets the other know: kinds of `SHARES`, how they can be reached, and words of their own."""

    shares: frozenset[str] = frozenset()
    reach: str = ""
    words: str = ""


@dataclass(frozen=True)
class Other:
    """The other one as I may know them: what they said themselves, once both said yes."""

    name: str
    about: str = ""
    reach: str = ""
    words: str = ""
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True)
class MyMatch:
    """One match of mine: `party` is what I am in it, `mine` what I let the other know, None before my yes."""

    uid: UUID
    party: str
    bounds: Match
    times: str
    state: str
    mine: Yes | None
    other: Other


def my_matches(*, by: Actor, at: datetime) -> list[MyMatch]:
    """The matches that stand for me, as mentee or as mentor."""
    found = open_patient(own_patient(by=by), kind=KIND, by=by, at=at)
    today = local_day(at, by.time_zone)
    rows = _mine(found).prefetch_related("yeses").filter(until_date__gte=today)
    return [_match(row, found, today, by=by, at=at) for row in rows.order_by("pk")]


def my_match(match: UUID, *, by: Actor, at: datetime) -> MyMatch:
    """One of them. Raises `Absent`."""
    for one in my_matches(by=by, at=at):
        if one.uid == match:
            return one
    raise Absent("match")


@transaction.atomic
def say_yes(match: UUID, yes: Yes, *, by: Actor, at: datetime) -> None:
    """Say yes to a match, and what the other may know; the other hears that there is something to read."""
    row, party = _held(match, by=by, at=at)
    if not yes.shares <= set(SHARES):
        raise Cannot(_("Choose from the list."), field="shares")
    if "reach" in yes.shares and not yes.reach.strip():
        raise Cannot(_("Write how they can reach you."), field="reach")
    try:
        with transaction.atomic():
            MentoringYes.objects.create(
                organization_id=by.organization,
                mentoring=row,
                party=party,
                shares=sorted(yes.shares),
                reach=yes.reach.strip()[:120] if "reach" in yes.shares else "",
                words=yes.words.strip() if "words" in yes.shares else "",
                recorded_by_id=by.account,
                recorded_at=at,
            )
    except IntegrityError as twice:
        raise Cannot(_("You said yes already.")) from twice
    tell_of_yes(row, party, at=at)


@transaction.atomic
def end_my_match(match: UUID, *, by: Actor, at: datetime) -> None:
    """End it, as mentor or mentee, without a reason. From this moment neither sees anything of the other."""
    row, party = _held(match, by=by, at=at)
    end_match(row, party=party, words="", by=by, at=at)


def _mine(found: Patient) -> QuerySet[Mentoring]:
    return Mentoring.objects.filter(
        Q(patient=found) | Q(mentor__patient=found, mentor__ended_at=None),
        organization_id=found.organization_id,
        ended_at=None,
    ).select_related("mentor")


def _held(match: UUID, *, by: Actor, at: datetime) -> tuple[Mentoring, str]:
    """A match of mine that stands, and what I am in it. Raises `Absent`."""
    found = open_patient(own_patient(by=by), kind=KIND, verb="change", by=by, at=at)
    row = _mine(found).filter(uid=match).first()
    if row is None:
        raise Absent("match")
    return row, _party(row, found)


def _party(row: Mentoring, found: Patient) -> str:
    return "mentee" if row.patient_id == found.pk else "mentor"


def _match(row: Mentoring, found: Patient, today: date, *, by: Actor, at: datetime) -> MyMatch:
    party = _party(row, found)
    said = {one.party: one for one in row.yeses.all()}
    state = state_of(row, frozenset(said), on=today)
    mine = said.get(party)
    return MyMatch(
        row.uid,
        party,
        Match(row.hours_week, row.from_date, row.until_date),
        row.times,
        state,
        _yes(mine) if mine else None,
        _other(row, party, said.values(), running=state == "running", by=by, at=at),
    )


def _yes(row: MentoringYes) -> Yes:
    return Yes(frozenset(row.shares), row.reach, row.words)


def _other(
    row: Mentoring, party: str, said: Iterable[MentoringYes], *, running: bool, by: Actor, at: datetime
) -> Other:
    """The other one: before both said yes a community name and what a mentor says of themselves, no more."""
    key = row.mentor.patient_id if party == "mentee" else row.patient_id
    name = names_of([key]).get(key, "")
    about = row.mentor.about if party == "mentee" else ""
    show_to_peer(KIND, [key], by=by, at=at)
    theirs = next((one for one in said if one.party != party), None)
    if not running or theirs is None:
        return Other(name, about)
    reached = milestones_for_a_mentor(key, by=by, at=at) if "milestones" in theirs.shares else []
    return Other(name, about, theirs.reach, theirs.words, tuple(reached))
