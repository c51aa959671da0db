"""The sessions that someone's absence touches: who is expected, who stays, and who could take each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from throughcare.knowledge.cover import Cover
from throughcare.knowledge.session_types import session_type
from throughcare.pathway.actor import Actor
from throughcare.pathway.cover.away import Away, how_many_elsewhere, their_sessions, who_is_away
from throughcare.pathway.cover.roll import Roll, roll_for
from throughcare.pathway.group.checks import practitioner_name
from throughcare.pathway.privacy.guards import open_roster
from throughcare.pathway.seat.change_telling import guests_told
from throughcare.pathway.session.session_rows import called, place_of, title_of
from throughcare.pathway.week.canceling import when_of
from throughcare.records.people import Practitioner
from throughcare.records.sessions import Appointment, Session


@dataclass(frozen=True)
class Affected:
    """One session of who is away; `starts` is on its site's clocks.

    `leaders_short`: how many it takes beside those who stay; `suggested` are who to ask first (public ids).
    """

    session: UUID
    title: str
    kind: str
    when: str
    starts: datetime
    place: str
    room: UUID | None
    site: UUID
    is_group: bool
    people: tuple[str, ...]
    guests: tuple[str, ...]
    staying: tuple[str, ...]
    leaders_short: int
    covers: tuple[Cover, ...]
    suggested: tuple[str, ...]

    @property
    def could(self) -> tuple[Cover, ...]:
        """Who could take it."""
        return tuple(one for one in self.covers if one.could)

    @property
    def nobody(self) -> bool:
        """Whether nobody could take it."""
        return not self.could

    @property
    def could_not(self) -> tuple[Cover, ...]:
        """Who could not, with what stands against each."""
        return tuple(one for one in self.covers if not one.could)


@dataclass(frozen=True)
class Absentee:
    """Who is away and every session that it touches; `elsewhere` counts those at sites out of the reader's reach."""

    practitioner: UUID
    name: str
    away: Away
    sessions: tuple[Affected, ...]
    elsewhere: int = 0

    @property
    def people(self) -> int:
        """How many seats are in these sessions."""
        return sum(len(one.people) for one in self.sessions)


def sessions_to_cover(away: Away, *, by: Actor, at: datetime) -> Absentee:
    """Every session to come of who is away, each with those who could take it and what stands against the others.

    In a number of queries that grows neither with the sessions nor with the people in them.
    """
    who = who_is_away(away, by=by, at=at)
    rows = their_sessions(who, away, by=by, at=at)
    roll = roll_for(rows, who, (away.first_day, away.last_day), by=by)
    named = _Named(rows, roll, by=by, at=at)
    suggested = suggest(rows, roll, who)
    lines = tuple(_line(row, who, roll, named, suggested[row.pk]) for row in rows)
    elsewhere = how_many_elsewhere(who, away, by=by, at=at)
    return Absentee(who.uid, practitioner_name(who), away, lines, elsewhere)


class _Named:
    """The people of these sessions by name, and those close to them, opened as one list."""

    def __init__(self, rows: Sequence[Session], roll: Roll, *, by: Actor, at: datetime) -> None:
        expected = sorted({key for several in roll.seats.values() for key in several})
        self.hidden = open_roster("schedule", expected, by=by, at=at)
        self.people: dict[int, list[str]] = defaultdict(list)
        seats = Appointment.objects.filter(session__in=rows, released_at__isnull=True).select_related(
            "patient"
        )
        for seat in seats:
            self.people[seat.session_id].append(called(seat.patient, self.hidden))
        self.guests: dict[int, list[str]] = defaultdict(list)
        for guest in guests_told(rows, at=at):
            if guest.patient not in self.hidden:
                self.guests[guest.session].append(guest.name)


def suggest(rows: Sequence[Session], roll: Roll, who: Practitioner) -> dict[int, tuple[str, ...]]:
    """For each session (key) who to ask first, as if those asked for earlier ones had said yes."""
    names = {str(one.uid): one.pk for one in roll.people}
    found: dict[int, tuple[str, ...]] = {}
    taken: list[tuple[int, Session]] = []
    for row in rows:
        short = roll.asks(row).leaders_short
        first = [one.candidate.uid for one in roll.covers(row, besides=_besides(row, roll, who)) if one.could]
        found[row.pk] = tuple(first[:short]) if len(first) >= short else ()
        for uid in found[row.pk]:
            roll.take(names[uid], row, one_to_ones_too=True)
            taken.append((names[uid], row))
    for key, row in taken:
        roll.give_back(key, row, one_to_ones_too=True)
    return found


def _besides(row: Session, roll: Roll, who: Practitioner) -> set[int]:
    return {who.pk, *roll.leads.get(row.pk, ())}


def _line(row: Session, who: Practitioner, roll: Roll, named: _Named, suggested: tuple[str, ...]) -> Affected:
    names = {one.pk: practitioner_name(one) for one in roll.people}
    hidden = named.hidden & set(roll.seats.get(row.pk, ()))
    return Affected(
        session=row.uid,
        title=title_of(row, hidden),
        kind=session_type(row.session_type).title,
        when=when_of(row),
        starts=row.starts_at.astimezone(ZoneInfo(row.site.time_zone)),
        place=place_of(row),
        room=row.room.uid if row.room else None,
        site=row.site.uid,
        is_group=row.group_id is not None,
        people=tuple(sorted(named.people[row.pk], key=str.casefold)),
        guests=tuple(named.guests[row.pk]),
        staying=tuple(names[one] for one in roll.staying(row) if one in names),
        leaders_short=roll.asks(row).leaders_short,
        covers=roll.covers(row, besides=_besides(row, roll, who)),
        suggested=suggested,
    )
