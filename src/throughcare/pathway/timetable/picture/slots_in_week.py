"""The possible meetings of a site's week: groups as they run, and groups that may be opened."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from throughcare.knowledge.session_types import session_type
from throughcare.pathway.seat.held_time import Meeting
from throughcare.pathway.seat.placing import covers
from throughcare.pathway.timetable.picture.forms import ANYWHERE, VIDEO, Form, Forms, variant_of
from throughcare.pathway.timetable.picture.gathered import AboutGroups, Booked, Week
from throughcare.pathway.timetable.picture.grid import DAYS, Grid
from throughcare.records.timetables import GroupFacilitator, Membership, Room
from throughcare.records.week_rules import GroupOffer
from throughcare.timetable.problem import Room as Seats
from throughcare.timetable.problem import Slot, SlotKey

# A room that stands for a place without walls seats this many.
NO_WALLS = 1000


@dataclass(frozen=True)
class Held:
    """A meeting of a running group as it stands: who leads it, who is in it, who of them is not in the picture."""

    meeting: Meeting
    form: Form
    leads: Sequence[int]
    members: Sequence[Membership]
    room: Room | None


@dataclass(frozen=True)
class Slots:
    """The slots, and what each stands for."""

    slots: Mapping[SlotKey, Slot]
    held: Mapping[SlotKey, Held]
    offers: Mapping[SlotKey, GroupOffer]

    def groups(self) -> dict[SlotKey, UUID]:
        """The running group behind each slot."""
        return {key: held.meeting.group.uid for key, held in self.held.items()}


def held_meetings(about: AboutGroups, grid: Grid) -> list[Held]:
    """The meetings that count as hours of treatment, each with its leaders and members."""
    # Leaders and members are those at the group's last meeting of the week: who leaves midweek is not planned for.
    last = {one.group.pk: one.day for one in about.meetings}
    found: list[Held] = []
    seen: set[tuple[int, Form, date]] = set()
    for meeting in about.meetings:
        group = meeting.group
        if not session_type(group.session_type).counts_as_clinical_hours:
            continue
        place = about.places.on(group, meeting.day)
        form = form_of(
            grid,
            group.session_type,
            minutes=meeting.minutes,
            elapsed=_elapsed(meeting),
            where=place.room.kind if place.room else (VIDEO if place.telehealth_url else ANYWHERE),
        )
        if (group.pk, form, meeting.day) in seen:
            continue  # nobody may have one type twice a day: the second is a fixed time of those in it
        seen.add((group.pk, form, meeting.day))
        leads = [one.practitioner_id for one in about.leads.get(group.pk, ()) if _holds(one, meeting)]
        members = [one for one in about.members.get(group.pk, ()) if covers(one, last[group.pk])]
        found.append(Held(meeting, form, leads, members, place.room))
    return found


def form_of(grid: Grid, kind: str, *, minutes: int, elapsed: int, where: str) -> Form:
    """The form of a meeting: its minutes without breaks, the ticks from its start to its end, where it is held."""
    return Form(kind, minutes, grid.length(elapsed), where)


def _elapsed(meeting: Meeting) -> int:
    return int((meeting.span.ends_at - meeting.span.starts_at).total_seconds() // 60)


def _holds(lead: GroupFacilitator, meeting: Meeting) -> bool:
    return lead.from_date <= meeting.day and (lead.until_date is None or meeting.day <= lead.until_date)


def offer_form(offer: GroupOffer, grid: Grid) -> Form:
    """The form in which an offered group would be held."""
    where = offer.room.kind if offer.room else (VIDEO if offer.telehealth_url else ANYWHERE)
    minutes = offer.minutes - offer.break_minutes
    return form_of(grid, offer.session_type, minutes=minutes, elapsed=offer.minutes, where=where)


def make_slots(
    week: Week,
    grid: Grid,
    about: AboutGroups,
    held: Sequence[Held],
    forms: Forms,
    *,
    booked: Booked,
    known: Mapping[int, str],
) -> Slots:
    """Every slot of the week; `known` maps the patients (keys) of the picture to their ids."""
    draft = _Draft(week, grid, forms, booked, known)
    times = Counter(one.meeting.group.pk for one in held)
    for one in held:
        group = one.meeting.group
        # One meeting alone needs no word that says which go together.
        series = str(group.uid) if times[group.pk] > 1 else None
        draft.add_held(one, series=series, is_closed=group.pk in about.closed)
    for offer in about.offers:
        draft.add_offer(offer)
    return Slots(draft.slots, draft.held, draft.offers)


class _Draft:
    """Slots while they are made: those at one time get a number each."""

    def __init__(
        self, week: Week, grid: Grid, forms: Forms, booked: Booked, known: Mapping[int, str]
    ) -> None:
        self.week, self.grid, self.forms, self.booked, self.known = week, grid, forms, booked, known
        self.copies: dict[tuple[str, str, int, int], int] = defaultdict(int)
        self.slots: dict[SlotKey, Slot] = {}
        self.held: dict[SlotKey, Held] = {}
        self.offers: dict[SlotKey, GroupOffer] = {}

    def _key(self, form: Form, variant: str, day: int, start: int) -> SlotKey:
        place = (self.forms.names[form], variant, day, start)
        copy = self.copies[place]
        self.copies[place] += 1
        return SlotKey(*place, copy)

    def add_held(self, one: Held, *, series: str | None, is_closed: bool) -> None:
        """A running group's meeting: seats that people outside the picture have are not given away."""
        group = one.meeting.group
        day, start = self.grid.start_of(one.meeting.span.starts_at)
        key = self._key(one.form, variant_of(group.variant), day, start)
        inside = {self.known[m.episode.patient_id] for m in one.members if m.episode.patient_id in self.known}
        others = self._others(one, inside)
        most = self._most(one.form, one.meeting.capacity, one.room, max(len(one.leads), 1))
        least = int(self.week.own["group.min_to_run"])
        low, high = self._good(most)
        self.slots[key] = Slot(
            key,
            tuple(range(start, start + one.form.ticks)),
            fewest=max(min(least, most) - others, 0),
            # Whoever is in the group stays, also where it is fuller than it should be.
            most=max(most - others, len(inside)),
            good=(max(low - others, 0), max(high - others, 0)),
            series=series,
            closed_to=frozenset(inside) if is_closed else None,
        )
        self.held[key] = one

    def _others(self, one: Held, inside: Iterable[str]) -> int:
        """How many seats are taken by people who are not in the picture, or only this once."""
        members = {stint.episode.patient_id for stint in one.members}
        seated = set(members)
        if one.meeting.session is not None:
            row = next(
                (key for key, row in self.booked.sessions.items() if row.uid == one.meeting.session), None
            )
            seated |= {seat.patient_id for seat in self.booked.seats.get(row or 0, ())}
        return len(seated) - len(set(inside))

    def add_offer(self, offer: GroupOffer) -> None:
        """A group that may be opened, where the site is not closed that day."""
        if self.grid.day(offer.weekday) in self.week.closed or not 0 <= offer.weekday < DAYS:
            return
        form = offer_form(offer, self.grid)
        start = self.grid.tick_of(offer.starts.hour * 60 + offer.starts.minute)
        if start < 0 or start + form.ticks > self.grid.ticks:
            return
        key = self._key(form, variant_of(offer.variant), offer.weekday, start)
        most = self._most(form, offer.capacity, offer.room, 1)
        self.slots[key] = Slot(
            key,
            tuple(range(start, start + form.ticks)),
            fewest=int(self.week.own["group.min_to_run"]),
            most=most,
            good=self._good(most),
        )
        self.offers[key] = offer

    def _most(self, form: Form, capacity: int, room: Room | None, leads: int) -> int:
        """Seats, by the group, by the ratio of staff to patients, and by the room."""
        ratio = int(self.week.own[session_type(form.session_type).ratio_setting])
        seats = room.capacity - leads if room else NO_WALLS
        return max(0, min(capacity, ratio * leads, seats))

    def _good(self, most: int) -> tuple[int, int]:
        low, high = (
            int(self.week.own["timetable.good_size_low"]),
            int(self.week.own["timetable.good_size_high"]),
        )
        return min(low, most), min(max(low, high), most)


def seats_of(about: AboutGroups, held: Sequence[Held], forms: Forms) -> tuple[Seats, ...]:
    """The site's rooms, each with a seat for who leads taken off; and as many rooms without walls as may be needed."""
    rooms = [Seats(str(room.uid), room.kind, max(room.capacity - 1, 0)) for room in about.rooms]
    count = len(held) + len(about.offers)
    for kind in (VIDEO, ANYWHERE):
        if any(form.room_kind == kind for form in forms.names):
            rooms += [Seats(f"{kind}-{n + 1}", kind, NO_WALLS) for n in range(count)]
    return tuple(rooms)
