"""What was chosen for each session becomes so: first sessions are canceled and moved, then others take over.

Nothing here decides whether it stays: the preview takes it back, the act keeps it.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.canceling import COVERED, MOVED, ONCE, say_covered, say_moved, say_once
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.cover import check_enough, check_licence, check_skill
from throughcare.knowledge.verdict import first_refusal
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, require
from throughcare.pathway.cover.away import Away
from throughcare.pathway.cover.roll import Roll, roll_for
from throughcare.pathway.group.checks import practitioner_name
from throughcare.pathway.seat.change_telling import GuestTold, ask_to_tell, guests_told
from throughcare.pathway.session.session_rows import place_of
from throughcare.pathway.week.canceling import what_of, when_of
from throughcare.pathway.week.schedule import cancel_session, reschedule_session
from throughcare.records.people import Practitioner
from throughcare.records.sessions import Session, SessionStaff

TAKE_OVER, STAY, MOVE, CANCEL, LATER = "cover", "stay", "move", "cancel", "later"
ACTS = (TAKE_OVER, STAY, MOVE, CANCEL, LATER)


@dataclass(frozen=True)
class Choice:
    """What is chosen for one session. `leaders` take it over, or lead it at its new time; `because` is of a cancel."""

    session: UUID
    act: str
    leaders: tuple[UUID, ...] = ()
    starts_at: datetime | None = None
    room: UUID | None = None
    because: str = ""


@dataclass(frozen=True)
class Step:
    """What became of one session (or would): in a sentence, or the trouble that stands in the way."""

    row: Session
    what: str
    words: str = ""
    trouble: str = ""
    moved_to: Session | None = None
    leaders: tuple[Practitioner, ...] = ()


@dataclass
class Applying:
    """Who is away, what is chosen, by whom; gathers the sentences for patients and staff (by key) while it goes."""

    who: Practitioner
    away: Away
    rows: Sequence[Session]
    because: str
    by: Actor
    at: datetime
    steps: dict[int, Step] = field(default_factory=dict)
    people: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    staff: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    guests: list[GuestTold] = field(default_factory=list)

    def apply(self, choices: Sequence[Choice]) -> None:
        """Do what was chosen, each session by itself: one that can't be done keeps its trouble."""
        chosen = {one.session: one for one in choices}
        acts: tuple[tuple[str, Callable[[Session, Choice, Roll], Step]], ...] = (
            (CANCEL, self._cancel),
            (MOVE, self._move),
            (STAY, self._stay),
            (TAKE_OVER, self._take_over),
        )
        before = self._roll(self.rows)
        touched = [row for row in self.rows if row.uid in chosen and chosen[row.uid].act != LATER]
        self.guests = guests_told(touched, at=self.at)
        for act, do in acts:
            rows = [row for row in self.rows if row.uid in chosen and chosen[row.uid].act == act]
            # Who was let go by a cancel or a move is free by now.
            roll = self._roll(rows) if act in (STAY, TAKE_OVER) and rows else before
            for row in rows:
                self.steps[row.pk] = self._try(do, row, chosen[row.uid], roll)
        for row in self.rows:
            step = self.steps.setdefault(row.pk, Step(row, LATER))
            self._tell(step, before)

    def _roll(self, rows: Sequence[Session]) -> Roll:
        return roll_for(rows, self.who, (self.away.first_day, self.away.last_day), by=self.by)

    def _try(
        self, do: Callable[[Session, Choice, Roll], Step], row: Session, choice: Choice, roll: Roll
    ) -> Step:
        try:
            with transaction.atomic():
                return do(row, choice, roll)
        except Cannot as cannot:
            return Step(row, choice.act, trouble=cannot.because)

    def _cancel(self, row: Session, choice: Choice, roll: Roll) -> Step:
        cancel_session(row.uid, because=choice.because or self.because, by=self.by, at=self.at)
        because = f" {choice.because.strip()}" if choice.because.strip() else ""
        return Step(row, ONCE, f"{say_once(what_of(row), when_of(row))}{because}")

    def _move(self, row: Session, choice: Choice, roll: Roll) -> Step:
        if choice.starts_at is None:
            raise Cannot("Choose the day and the time it moves to.")
        stays = [one for one in self._leaders(row) if one.pk != self.who.pk]
        takes = self._named(choice.leaders, roll)
        there = [*takes, *stays]
        if not self._is_away(choice, row):
            there = [*there, self.who] if not takes else there
        if not there:
            raise Cannot(
                f"{practitioner_name(self.who)} is away then too. Choose who leads it, or another day."
            )
        for one in takes:
            candidate = next(
                c.candidate for c in roll.covers(row, besides=()) if c.candidate.uid == str(one.uid)
            )
            require(
                first_refusal(
                    check_skill(roll.asks(row), candidate), check_licence(roll.asks(row), candidate)
                )
            )
        moved = reschedule_session(
            row.uid,
            starts_at=choice.starts_at,
            staff=[one.uid for one in there],
            room=choice.room,
            by=self.by,
            at=self.at,
        )
        to = Session.objects.select_related("site", "room", "group").get(uid=moved)
        led_by = " and ".join(practitioner_name(one) for one in takes)
        words = say_moved(what_of(row), when_of(row), when_of(to), place=place_of(to), led_by=led_by)
        return Step(row, MOVED, words, moved_to=to, leaders=tuple(takes))

    def _is_away(self, choice: Choice, row: Session) -> bool:
        if choice.starts_at is None:
            return False
        day = choice.starts_at.date()
        if choice.starts_at.tzinfo is not None:
            day = local_day(choice.starts_at, row.site.time_zone)
        return self.away.first_day <= day <= self.away.last_day

    def _stay(self, row: Session, choice: Choice, roll: Roll) -> Step:
        staying = [one for one in self._leaders(row) if one.pk in roll.staying(row)]
        if not staying:
            raise Cannot("Nobody else leads this session. Choose who takes it, move it or cancel it.")
        require(check_enough(roll.asks(row), 0))
        self._let_go(row)
        return Step(row, COVERED, self._covered(row, staying))

    def _take_over(self, row: Session, choice: Choice, roll: Roll) -> Step:
        takes = self._named(choice.leaders, roll)
        if not takes:
            raise Cannot("Choose who takes it.")
        covers = {one.candidate.uid: one for one in roll.covers(row, besides={self.who.pk})}
        against = [no.because for one in takes for no in covers[str(one.uid)].against]
        if against:
            raise Cannot(" ".join(against))
        require(check_enough(roll.asks(row), len(takes)))
        staying = [one for one in self._leaders(row) if one.pk in roll.staying(row)]
        self._let_go(row)
        SessionStaff.objects.bulk_create(
            SessionStaff(
                organization_id=self.by.organization,
                session=row,
                practitioner=one,
                recorded_by_id=self.by.account,
                recorded_at=self.at,
            )
            for one in takes
        )
        for one in takes:
            roll.take(one.pk, row)
        return Step(row, COVERED, self._covered(row, [*takes, *staying]), leaders=tuple(takes))

    def _let_go(self, row: Session) -> None:
        # A plan for a session that has not been held, not a fact about it: it can go.
        SessionStaff.objects.filter(session=row, practitioner=self.who).delete()

    def _leaders(self, row: Session) -> list[Practitioner]:
        rows = SessionStaff.objects.filter(session=row).select_related("practitioner").order_by("pk")
        return [one.practitioner for one in rows]

    def _named(self, leaders: Sequence[UUID], roll: Roll) -> list[Practitioner]:
        known = {one.uid: one for one in roll.people}
        if not set(leaders) <= known.keys():
            raise Cannot("Choose someone who works here.")
        return [known[one] for one in dict.fromkeys(leaders)]

    def _covered(self, row: Session, leaders: Sequence[Practitioner]) -> str:
        names = " and ".join(practitioner_name(one) for one in leaders)
        return say_covered(what_of(row), when_of(row), led_by=names, instead_of=practitioner_name(self.who))

    def _tell(self, step: Step, roll: Roll) -> None:
        """The sentences for everyone in a session: the same words as the preview's, nobody in care named."""
        if not step.words:
            return
        row = step.row
        for patient in roll.seats.get(row.pk, ()):
            asked = ask_to_tell([one for one in self.guests if one.session == row.pk], patient)
            self.people[patient] += [step.words, *asked]
        plain = step.words.replace(" Your other sessions stay.", "")
        for one in roll.leads.get(row.pk, ()):
            self.staff[one].append(plain)
        expected = len(roll.seats.get(row.pk, ()))
        people = "1 person is expected" if expected == 1 else f"{expected} people are expected"
        for new in step.leaders:
            when = when_of(step.moved_to or row)
            self.staff[new.pk].append(
                f"You lead {what_of(row)} on {when}, in place of {practitioner_name(self.who)}; {people}."
            )
