"""Cover is shown before it is done, done in one transaction, and told once to everyone it concerns.

Two who arrange cover at once are told apart by the sessions that they saw: the second reads what changed meanwhile.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.canceling import COVER
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, ChangedMeanwhile
from throughcare.pathway.cover.applying import ACTS, LATER, Applying, Choice, Step
from throughcare.pathway.cover.away import Away, keep_absence, their_sessions, who_is_away
from throughcare.pathway.group.checks import practitioner_name
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.seat.change_telling import how_told, open_change, tell_concerned
from throughcare.pathway.week.canceling import what_of, when_of
from throughcare.records.people import Patient, Practitioner
from throughcare.records.sessions import Appointment, Session, SessionStaff
from throughcare.records.timetables import Group
from throughcare.records.week_changes import CoverLead, SessionChange, WeekChange


@dataclass(frozen=True)
class CoverStep:
    """What becomes of one session: the kind of act, a sentence, or the trouble that stands in the way."""

    session: UUID
    title: str
    when: str
    what: str
    words: str
    trouble: str


@dataclass(frozen=True)
class CoverPreview:
    """Exactly what would change and who is told what. `seen` names the sessions as this preview knew them.

    `people` are public id, name, sentences and how they hear of it; `guests` name and how; `staff` name and sentences.
    """

    name: str
    away: Away
    because: str
    seen: str
    steps: tuple[CoverStep, ...]
    people: tuple[tuple[UUID, str, tuple[str, ...], str], ...]
    guests: tuple[tuple[str, str], ...]
    staff: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def troubles(self) -> tuple[str, ...]:
        """What stands in the way, with the session it is about."""
        return tuple(f"{one.title}, {one.when}: {one.trouble}" for one in self.steps if one.trouble)

    @property
    def waits(self) -> int:
        """How many sessions are decided later."""
        return sum(one.what == LATER for one in self.steps)


def preview_cover(
    away: Away, choices: Sequence[Choice], *, because: str, by: Actor, at: datetime
) -> CoverPreview:
    """Try what was chosen, say what it comes to, and take all of it back."""
    who, rows = _open(away, choices, because, by=by, at=at)
    with transaction.atomic():
        seen = _seen(rows)
        applying = Applying(who, away, rows, because.strip(), by, at)
        applying.apply(choices)
        found = _preview(applying, seen)
        transaction.set_rollback(True)
    return found


@transaction.atomic
def send_cover(
    away: Away, choices: Sequence[Choice], *, because: str, seen: str, by: Actor, at: datetime
) -> UUID:
    """Do what the preview showed and tell everyone; the change's public id.

    `seen` is the preview's. Raises `ChangedMeanwhile` when a session is another by now, `Cannot` for what stands in
    the way; nothing is changed then.
    """
    who, rows = _open(away, choices, because, by=by, at=at)
    _hold(who, rows, choices, by=by)
    rows = their_sessions(who, away, by=by, at=at)
    _require_as_seen(rows, seen, by=by)
    applying = Applying(who, away, rows, because.strip(), by, at)
    applying.apply(choices)
    steps = list(applying.steps.values())
    troubles = [f"{what_of(one.row)}, {when_of(one.row)}: {one.trouble}" for one in steps if one.trouble]
    if troubles:
        raise Cannot(" ".join(troubles))
    absence = keep_absence(who, away, by=by, at=at)
    site = rows[0].site if rows else who.site
    change = open_change(
        site, COVER, because=because, from_date=away.first_day, absence=absence, by=by, at=at
    )
    _write_steps(change, steps, by=by, at=at)
    people = {key: _once(lines) for key, lines in applying.people.items()}
    staff = {key: _once(lines) for key, lines in applying.staff.items()}
    tell_concerned(change, people, staff, applying.guests, by=by, at=at)
    return change.uid


def _open(
    away: Away, choices: Sequence[Choice], because: str, *, by: Actor, at: datetime
) -> tuple[Practitioner, list[Session]]:
    """Who is away with their sessions; one row in the book of accesses for everyone in them."""
    who = who_is_away(away, by=by, at=at)
    if not because.strip():
        raise Cannot("Say in a few words what everyone reads as the reason.", field="because")
    if any(one.act not in ACTS for one in choices):
        raise Cannot("Choose what becomes of each session.")
    rows = their_sessions(who, away, by=by, at=at)
    seats = Appointment.objects.filter(session__in=rows, released_at__isnull=True)
    expected = sorted(set(seats.values_list("patient", flat=True)))
    open_roster("schedule", expected, by=by, at=at, verb="change")
    return who, rows


def _preview(applying: Applying, seen: str) -> CoverPreview:
    patients = Patient.objects.filter(pk__in=applying.people)
    hidden = open_roster("schedule", list(applying.people), by=applying.by, at=applying.at)
    ways = how_told(list(applying.people))
    workers = Practitioner.objects.filter(pk__in=applying.staff)
    people = [
        (one.uid, HIDDEN if one.pk in hidden else one.called, _once(applying.people[one.pk]), ways[one.pk])
        for one in patients
    ]
    return CoverPreview(
        name=practitioner_name(applying.who),
        away=applying.away,
        because=applying.because,
        seen=seen,
        steps=tuple(_step(applying.steps[row.pk]) for row in applying.rows),
        people=tuple(sorted(people, key=lambda one: one[1].casefold())),
        guests=tuple(
            dict.fromkeys((one.name, one.how) for one in applying.guests if one.patient not in hidden)
        ),
        staff=tuple(sorted((practitioner_name(one), _once(applying.staff[one.pk])) for one in workers)),
    )


def _once(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))


def _step(step: Step) -> CoverStep:
    row = step.row
    return CoverStep(row.uid, what_of(row), when_of(row), step.what, step.words, step.trouble)


def _hold(who: Practitioner, rows: Sequence[Session], choices: Sequence[Choice], *, by: Actor) -> None:
    """Hold the groups, the people, the staff and the sessions, in the order in which all others do."""
    groups = [row.group_id for row in rows if row.group_id]
    list(Group.objects.select_for_update().filter(pk__in=groups).order_by("pk").values_list("pk"))
    seats = Appointment.objects.filter(session__in=rows, released_at__isnull=True)
    people = Patient.objects.select_for_update(no_key=True).filter(pk__in=seats.values("patient"))
    list(people.order_by("pk").values_list("pk"))
    leaders = {who.uid, *(one for choice in choices for one in choice.leaders)}
    staff = Practitioner.objects.select_for_update().filter(organization_id=by.organization, uid__in=leaders)
    list(staff.order_by("pk").values_list("pk"))
    held = Session.objects.select_for_update().filter(pk__in=[row.pk for row in rows])
    list(held.order_by("pk").values_list("pk"))


def _seen(rows: Sequence[Session]) -> str:
    """The sessions as they stand, each with a digest of its time, place, leaders and people."""
    return ",".join(f"{uid}:{digest}" for uid, digest in _digests(rows).items())


def _digests(rows: Sequence[Session]) -> dict[str, str]:
    seats: dict[int, list[int]] = {}
    taken = Appointment.objects.filter(session__in=rows, released_at__isnull=True)
    for session, patient in taken.values_list("session", "patient"):
        seats.setdefault(session, []).append(patient)
    leads: dict[int, list[int]] = {}
    for session, one in SessionStaff.objects.filter(session__in=rows).values_list("session", "practitioner"):
        leads.setdefault(session, []).append(one)
    return {
        str(row.uid): _digest(row, sorted(seats.get(row.pk, ())), sorted(leads.get(row.pk, ())))
        for row in rows
    }


def _digest(row: Session, seats: Sequence[int], leads: Sequence[int]) -> str:
    said = f"{row.starts_at.isoformat()} {row.ends_at.isoformat()} {row.room_id} {seats} {leads}"
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _require_as_seen(rows: Sequence[Session], seen: str, *, by: Actor) -> None:
    then = dict(part.split(":", 1) for part in seen.split(",") if ":" in part)
    now = _digests(rows)
    if then == now:
        return
    said = " ".join(_meanwhile(rows, then, now, by=by))
    keys = {*then, *now}
    last = WeekChange.objects.filter(
        organization_id=by.organization, sessions__session__uid__in=keys & _uids(keys)
    )
    newest = last.select_related("recorded_by").order_by("-recorded_at", "-pk").first()
    raise ChangedMeanwhile(
        f"Something changed while you looked at it. {said} Look at the preview again before you send it.",
        theirs=said,
        version=len(now),
        changed_by=newest.recorded_by.name if newest and newest.recorded_by else "",
    )


def _uids(texts: Iterable[str]) -> set[str]:
    found = set()
    for text in texts:
        try:
            found.add(str(UUID(text)))
        except ValueError:
            continue
    return found


def _meanwhile(
    rows: Sequence[Session], then: Mapping[str, str], now: Mapping[str, str], *, by: Actor
) -> Iterable[str]:
    for row in rows:
        uid = str(row.uid)
        if uid not in then:
            yield f"{what_of(row)} on {when_of(row)} is new."
        elif then[uid] != now[uid]:
            yield f"{what_of(row)} on {when_of(row)} has other people, another leader or another time now."
    gone = _uids(then.keys() - now.keys())
    lost = Session.objects.filter(organization_id=by.organization, uid__in=gone).select_related("site")
    for row in lost.prefetch_related("staff__practitioner").order_by("starts_at", "pk"):
        leaders = " and ".join(practitioner_name(one.practitioner) for one in row.staff.all())
        what = f"{what_of(row)} on {when_of(row)}"
        if row.cancelled_at is not None:
            yield f"{what} is canceled: {row.cancelled_because.rstrip('.')}."
        else:
            yield f"{what} is led by {leaders or 'nobody'} now."


def _write_steps(change: WeekChange, steps: Sequence[Step], *, by: Actor, at: datetime) -> None:
    stamp = {"organization_id": by.organization, "recorded_by_id": by.account, "recorded_at": at}
    done = [one for one in steps if one.words]
    rows = SessionChange.objects.bulk_create(
        SessionChange(**stamp, change=change, session=one.row, what=one.what, moved_to=one.moved_to)
        for one in done
    )
    CoverLead.objects.bulk_create(
        CoverLead(**stamp, change=row, practitioner=who)
        for row, one in zip(rows, done, strict=True)
        for who in one.leaders
    )


def usual_because(away: Away, *, by: Actor, at: datetime) -> str:
    """What everyone reads as the reason unless other words are chosen; that someone is ill is nobody's business."""
    who = who_is_away(away, by=by, at=at)
    today = local_day(at, who.site.time_zone)
    return f"{practitioner_name(who)} is away{' today' if away.first_day == away.last_day == today else ''}."
