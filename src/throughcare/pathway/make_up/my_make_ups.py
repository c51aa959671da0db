"""One's own make-ups: what would save the week, the seats held for one, the lines one stands in. One tap each."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.line.session_line import answer_held_seat, leave_line
from throughcare.pathway.make_up.make_up import make_ups, take_seat
from throughcare.pathway.make_up.offers import MakeUp, MakeUps, TakenSeat
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.program_settings import number
from throughcare.pathway.seat.weighing import WEEK
from throughcare.pathway.session.session_rows import place_of
from throughcare.records.episodes import Episode
from throughcare.records.offers import MakeUpOffer, SeatNotice
from throughcare.records.people import Patient
from throughcare.records.sessions import Session
from throughcare.records.waiting import HeldSeat


@dataclass(frozen=True)
class MySeat:
    """A seat that is held for me until I answer, on my site's clocks."""

    session: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    place_held: str
    answer_by: datetime


@dataclass(frozen=True)
class MyMakeUps:
    """My week and what could still make it whole.

    `free` have a seat, `full` a line that I may stand in, `lines` are those I stand in. `may_decline`: something was
    offered that I have not answered; `has_declined`: I said that I need none this week.
    """

    week: MakeUps
    held: tuple[MySeat, ...]
    free: tuple[MakeUp, ...]
    full: tuple[MakeUp, ...]
    lines: tuple[MakeUp, ...]
    may_decline: bool
    has_declined: bool

    @property
    def is_short(self) -> bool:
        """Whether hours of the plan are missing to this week."""
        return self.week.week.lacks > 0

    @property
    def comes_to(self) -> float:
        """Hours that the week comes to, as things stand."""
        week = self.week.week
        return week.delivered + week.not_taken + week.to_come


def my_make_ups(*, by: Actor, at: datetime, week: date | None = None) -> MyMakeUps | None:
    """What I can still make up in the week of a day, this one if left out; None while I am not in the program."""
    patient = own_patient(by=by)
    if not Episode.objects.filter(patient__uid=patient, ended_at__isnull=True).exists():
        return None
    found = make_ups(patient, by=by, at=at, week=week)
    short, offers = found.week.lacks > 0, _offers(patient, found.monday)
    is_open = any(ended is None for _, ended in offers)
    fitting = [one for one in found.every if one.fits_alone and one.place is None and short]
    return MyMakeUps(
        week=found,
        held=_held(patient, at=at),
        free=tuple(one for one in fitting if not one.placing.full and not one.waiting),
        full=tuple(one for one in fitting if one.placing.full or one.waiting),
        lines=tuple(one for one in found.every if one.place is not None),
        may_decline=short and is_open,
        has_declined=not is_open and any(how == "declined" for how, _ in offers),
    )


def something_waits(*, by: Actor, at: datetime) -> bool:
    """Whether something about seats waits for whoever is signed in: a held seat, an offer, a word not read yet."""
    if by.patient is None:
        return False
    held = HeldSeat.objects.filter(wait__patient=by.patient, answered_at__isnull=True, answer_by__gt=at)
    offers = MakeUpOffer.objects.filter(
        patient=by.patient,
        told_at__isnull=False,
        ended_at__isnull=True,
        local_day__gte=week_of(local_day(at, by.time_zone)),
    )
    unread = SeatNotice.objects.filter(account=by.account, told_at__isnull=True, practitioner__isnull=True)
    return held.exists() or offers.exists() or unread.exists()


def _held(patient: UUID, *, at: datetime) -> tuple[MySeat, ...]:
    rows = HeldSeat.objects.filter(
        appointment__patient__uid=patient,
        appointment__released_at__isnull=True,
        appointment__session__cancelled_at__isnull=True,
        answered_at__isnull=True,
        answer_by__gt=at,
    ).select_related("appointment__session__room", "appointment__session__site")
    return tuple(_my_seat(row) for row in rows.order_by("answer_by"))


def _my_seat(row: HeldSeat) -> MySeat:
    session = row.appointment.session
    return MySeat(
        session.uid, session.title, session.starts_at, session.ends_at, place_of(session), row.answer_by
    )


def _offers(patient: UUID, monday: date) -> list[tuple[str, datetime | None]]:
    """What became of each offer for the week that begins on `monday`, and when."""
    rows = MakeUpOffer.objects.filter(
        patient__uid=patient, local_day__gte=monday, local_day__lt=monday + WEEK
    )
    return list(rows.values_list("how", "ended_at"))


def take_own_seat(session: UUID, *, by: Actor, at: datetime) -> TakenSeat:
    """I take a seat, or a place in its line where it is full. Raises `Cannot` once my week is whole."""
    patient = own_patient(by=by)
    with transaction.atomic():
        # Held before the week is looked at: two taps at once are one after the other.
        Patient.objects.select_for_update(no_key=True).get(uid=patient)
        of_week = Session.objects.filter(organization_id=by.organization, uid=session)
        day = of_week.values_list("local_day", flat=True).first()
        if make_ups(patient, by=by, at=at, week=day).week.lacks <= 0:
            raise Cannot(_("Your week is whole now: nothing has to be made up."))
        return take_seat(session, patient, by=by, at=at, by_themself=True)


def answer_own_seat(session: UUID, *, takes: bool, by: Actor, at: datetime) -> None:
    """I take the seat that is held for me, or let it go to the next."""
    answer_held_seat(session, own_patient(by=by), takes=takes, by=by, at=at)


def leave_own_line(session: UUID, *, by: Actor, at: datetime) -> None:
    """I wait no longer for this session."""
    leave_line(session, own_patient(by=by), by=by, at=at)


def decline_make_ups(*, by: Actor, at: datetime) -> None:
    """I need no make-up this week; what was offered ends. Raises `Absent` where nothing was."""
    person = open_patient(own_patient(by=by), kind="make_up", by=by, at=at, verb="change")
    episode = Episode.objects.select_related("site").filter(patient=person, ended_at__isnull=True).first()
    if episode is None:
        raise Absent("make-ups")
    today = local_day(at, episode.site.time_zone)
    monday = week_of(today, number("week_start", organization=by.organization, on=today))
    rows = MakeUpOffer.objects.filter(
        patient=person, local_day__gte=monday, local_day__lt=monday + WEEK, ended_at__isnull=True
    )
    if not rows.update(ended_at=at, how="declined"):
        raise Absent("make-ups")
