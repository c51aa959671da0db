"""A person's own week (work, school, children, court, dosing, rides) and the people they must not meet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.tracks import COMMITMENT_KINDS, EVERY_WEEKS, WEEKDAYS
from throughcare.knowledge.week_rules import say_day, say_times
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.people.people import zone_for
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.seat.weekly_times import in_force
from throughcare.records.people import Patient
from throughcare.records.timetables import Commitment, Group, KeptApart, Membership

# A roster is entered for a few months at most.
MOST_DAYS = 60


@dataclass(frozen=True)
class NewCommitment:
    """Something a person's own life asks: every week on `weekday` (0 is Monday), or once on `day`.

    One that ends before it starts goes through midnight. One that comes round every second week or so is held in the
    week of `anchor_date`.
    """

    kind: str
    title: str = ""
    weekday: int | None = None
    day: date | None = None
    starts: time = time(9)
    ends: time = time(17)
    from_date: date | None = None
    until_date: date | None = None
    every_weeks: int = 1
    anchor_date: date | None = None


@dataclass(frozen=True)
class CommitmentView:
    """A commitment that stands."""

    uid: UUID
    kind: str
    title: str
    weekday: int | None
    day: date | None
    starts: time
    ends: time
    from_date: date | None
    until_date: date | None
    every_weeks: int = 1
    anchor_date: date | None = None

    @property
    def kind_title(self) -> str:
        """What it is, in words."""
        return COMMITMENT_KINDS[self.kind].title

    @property
    def words(self) -> str:
        """When it is, in words."""
        if self.day is not None:
            return f"{say_day(self.day)}, {say_times(self.starts, self.ends)}"
        times = f"{WEEKDAYS[self.weekday or 0]}s, {say_times(self.starts, self.ends)}"
        if self.every_weeks == 1 or self.anchor_date is None:
            return times
        monday = week_of(self.anchor_date)
        return f"{times}, {EVERY_WEEKS[self.every_weeks].lower()}, as in the week of {say_day(monday)}"


@dataclass(frozen=True)
class KeptPair:
    """Two people who must not meet, from the side of one of them; `shared` names the groups both are in now."""

    uid: UUID
    other: UUID
    name: str
    reason: str
    since: datetime
    shared: tuple[str, ...]


def add_commitment(patient: UUID, new: NewCommitment, *, by: Actor, at: datetime) -> UUID:
    """Enter what a person's own week holds. Raises `Cannot` about the field that does not fit."""
    person = open_patient(patient, kind="schedule", by=by, at=at, verb="change")
    return enter_commitment(person, new, by=by, at=at)


@transaction.atomic
def add_roster(
    patient: UUID, new: NewCommitment, days: Sequence[date], *, by: Actor, at: datetime
) -> tuple[UUID, ...]:
    """Enter the same hours on each of these days: a roster that follows no rule."""
    person = open_patient(patient, kind="schedule", by=by, at=at, verb="change")
    if not days:
        raise Cannot("Enter at least one day.", field="days")
    if len(days) > MOST_DAYS:
        raise Cannot(f"Enter at most {MOST_DAYS} days at once.", field="days")
    return tuple(
        enter_commitment(person, replace(new, weekday=None, day=day), by=by, at=at)
        for day in sorted(set(days))
    )


def enter_commitment(person: Patient, new: NewCommitment, *, by: Actor, at: datetime) -> UUID:
    """Write it down for a person who was opened already; for pathway modules. Raises `Cannot` as `add_commitment`."""
    check_commitment(new)
    return commitment_row(person, new, by=by, at=at, saved=True).uid


def check_commitment(new: NewCommitment) -> None:
    """Raise `Cannot` about the field that does not fit."""
    if new.kind not in COMMITMENT_KINDS:
        raise Cannot(f"Choose one of: {', '.join(COMMITMENT_KINDS)}.", field="kind")
    if (new.weekday is None) == (new.day is None):
        raise Cannot("Choose a day of the week, or one date.", field="weekday")
    if new.weekday is not None and not 0 <= new.weekday <= 6:
        raise Cannot("Choose a day of the week.", field="weekday")
    if new.starts == new.ends:
        raise Cannot("It ends at another time than it starts.", field="ends")
    if new.from_date and new.until_date and new.until_date < new.from_date:
        raise Cannot("The last day comes after the first.", field="until_date")
    if new.every_weeks not in EVERY_WEEKS:
        raise Cannot("Choose how often it comes round.", field="every_weeks")
    if new.every_weeks > 1 and new.anchor_date is None:
        raise Cannot("Enter a day of a week in which it is held.", field="anchor_date")


def commitment_row(
    person: Patient, new: NewCommitment, *, by: Actor, at: datetime, saved: bool = False
) -> Commitment:
    """The row of a commitment that fits, written or only to be weighed."""
    row = Commitment(
        organization_id=by.organization,
        patient=person,
        kind=new.kind,
        title=new.title.strip()[:120],
        weekday=new.weekday,
        day=new.day,
        starts=new.starts,
        ends=new.ends,
        from_date=new.from_date,
        until_date=new.until_date,
        every_weeks=new.every_weeks if new.weekday is not None else 1,
        anchor_date=new.anchor_date if new.weekday is not None and new.every_weeks > 1 else None,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    if saved:
        row.save(force_insert=True)
    return row


def end_commitment(patient: UUID, commitment: UUID, *, by: Actor, at: datetime) -> None:
    """Take a commitment out of the person's week."""
    person = open_patient(patient, kind="schedule", by=by, at=at, verb="change")
    end_standing(person, commitment, at=at)


def end_standing(person: Patient, commitment: UUID, *, at: datetime) -> None:
    """End it for a person who was opened already; for pathway modules. Raises `Absent`."""
    standing = Commitment.objects.filter(patient=person, uid=commitment, ended_at__isnull=True)
    if not standing.update(ended_at=at):
        raise Absent("commitment")


def commitments_of(patient: UUID, *, by: Actor, at: datetime) -> list[CommitmentView]:
    """What a person's own week holds, in the order of the week."""
    person = open_patient(patient, kind="schedule", by=by, at=at)
    today = local_day(at, zone_for(by))
    rows = Commitment.objects.filter(patient=person, ended_at__isnull=True)
    standing = rows.exclude(until_date__lt=today).exclude(day__lt=today)
    return [view_of(row) for row in standing.order_by("weekday", "day", "starts", "pk")]


def view_of(row: Commitment) -> CommitmentView:
    """A commitment as pages show it."""
    return CommitmentView(
        row.uid,
        row.kind,
        row.title,
        row.weekday,
        row.day,
        row.starts,
        row.ends,
        row.from_date,
        row.until_date,
        row.every_weeks,
        row.anchor_date,
    )


def keep_apart(one: UUID, other: UUID, *, reason: str, by: Actor, at: datetime) -> KeptPair:
    """Note that two people must not meet. The answer says at once which groups they share."""
    first = open_patient(one, kind="kept_apart", by=by, at=at, verb="change")
    second = open_patient(other, kind="kept_apart", by=by, at=at, verb="change")
    if first.pk == second.pk:
        raise Cannot("Choose another person: these are the same.", field="other")
    if not reason.strip():
        raise Cannot("Say why, for those who may read it.", field="reason")
    low, high = sorted((first, second), key=lambda person: person.pk)
    if KeptApart.objects.filter(one=low, other=high, ended_at__isnull=True).exists():
        raise Cannot("These two are kept apart already.", field="other")
    row = KeptApart.objects.create(
        organization_id=by.organization,
        one=low,
        other=high,
        reason=reason.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    shared = shared_groups(first.pk, [second.pk], today=local_day(at, zone_for(by)))
    return KeptPair(row.uid, second.uid, display_name(second), row.reason, at, shared.get(second.pk, ()))


def end_keeping_apart(patient: UUID, pair: UUID, *, by: Actor, at: datetime) -> None:
    """Let two people meet again."""
    person = open_patient(patient, kind="kept_apart", by=by, at=at, verb="change")
    rows = KeptApart.objects.filter(Q(one=person) | Q(other=person), uid=pair, ended_at__isnull=True)
    if not rows.update(ended_at=at):
        raise Absent("pair")


def kept_apart_from(patient: UUID, *, by: Actor, at: datetime) -> list[KeptPair]:
    """Whom a person must not meet, why, and the groups they share all the same."""
    person = open_patient(patient, kind="kept_apart", by=by, at=at)
    rows = KeptApart.objects.filter(Q(one=person) | Q(other=person), ended_at__isnull=True)
    pairs = [
        (row, row.other if row.one_id == person.pk else row.one)
        for row in rows.select_related("one", "other").order_by("recorded_at", "pk")
    ]
    shared = shared_groups(person.pk, [other.pk for _, other in pairs], today=local_day(at, zone_for(by)))
    return [
        KeptPair(
            row.uid, other.uid, display_name(other), row.reason, row.recorded_at, shared.get(other.pk, ())
        )
        for row, other in pairs
    ]


def shared_groups(person: int, others: list[int], *, today: date) -> dict[int, tuple[str, ...]]:
    """The groups that a person (key) is in together with each of the others, today or later."""
    stints = Membership.objects.filter(in_force(today, date.max), episode__ended_at__isnull=True)
    mine = Group.objects.filter(memberships__in=stints.filter(episode__patient=person))
    found: dict[int, list[str]] = {}
    theirs = stints.filter(group__in=mine, episode__patient__in=others)
    for patient, name in theirs.values_list("episode__patient_id", "group__name").distinct():
        found.setdefault(patient, []).append(name)
    return {patient: tuple(sorted(names)) for patient, names in found.items()}
