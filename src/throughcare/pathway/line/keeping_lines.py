"""What the worker does for lines and offers: seats nobody answered for go on, lines move up, people are told once."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.pathway.actor import the_program
from throughcare.pathway.line.group_line import fill_group
from throughcare.pathway.line.session_line import OVER, end_holding, fill_sessions, give_on, note_moved
from throughcare.pathway.privacy.own_work import note_own_work
from throughcare.pathway.program_settings import number
from throughcare.pathway.seat.saving import short_ones
from throughcare.pathway.seat.seat_telling import MAIL, open_accounts_of
from throughcare.pathway.seat.weighing import WEEK
from throughcare.pathway.signing_in.door_mail import queue_mail
from throughcare.records.attendance import Attendance
from throughcare.records.episodes import Episode
from throughcare.records.offers import MakeUpOffer
from throughcare.records.people import Patient
from throughcare.records.sessions import Session
from throughcare.records.waiting import GroupWait, HeldSeat, SessionWait

DAY = timedelta(days=1)


def keep_lines(*, at: datetime) -> str:
    """One round: what lapsed, what is over, who moves up, who is told; each in a transaction of its own."""
    lapsed = sum(_lapse(key, at=at) for key in _unanswered(at))
    over = _end_what_is_over(at)
    seated = _fill_all_sessions(at) + _fill_all_groups(at)
    told = tell_of_make_ups(at=at)
    return f"{lapsed} lapsed, {over} over, {seated} moved up, {told} told"


def _unanswered(at: datetime) -> list[int]:
    """Held seats (keys) whose time to answer is over, or whose seat is gone."""
    rows = HeldSeat.objects.filter(answered_at__isnull=True)
    late = rows.filter(Q(answer_by__lte=at) | Q(appointment__released_at__isnull=False))
    return list(late.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _lapse(key: int, *, at: datetime) -> int:
    """Give one seat on that nobody answered for; whoever came without a word keeps it. Whether it went on."""
    row = HeldSeat.objects.select_related("appointment").get(pk=key)
    seat = row.appointment
    Patient.objects.select_for_update(no_key=True).get(pk=seat.patient_id)
    Session.objects.select_for_update().get(pk=seat.session_id)
    row.refresh_from_db()
    seat.refresh_from_db()
    if row.answered_at is not None:
        return 0
    came = Attendance.objects.filter(appointment=seat, retired_at__isnull=True).exists()
    if came or seat.released_at is not None:
        end_holding(row, "came" if came else "declined", at=at)
        return 0
    give_on(row, "lapsed", because="Nobody answered in time", at=at)
    note_own_work("lines for seats", "make_up", [seat.patient_id], organization=row.organization_id, at=at)
    return 1


def _end_what_is_over(at: datetime) -> int:
    """Lines of sessions that have begun or were canceled, and offers for weeks that are over, end."""
    gone = Q(session__starts_at__lte=at) | Q(session__cancelled_at__isnull=False)
    waits = SessionWait.objects.filter(gone, ended_at__isnull=True).values_list("pk", flat=True)
    ended = SessionWait.objects.filter(pk__in=list(waits)).update(ended_at=at, how=OVER)
    # A week and a day: by then it is over whatever the site's zone and the day on which weeks begin.
    past = MakeUpOffer.objects.filter(ended_at__isnull=True, local_day__lt=at.date() - WEEK)
    return ended + past.update(ended_at=at, how=OVER)


def _fill_all_sessions(at: datetime) -> int:
    waited_for = SessionWait.objects.filter(ended_at__isnull=True, session__starts_at__gt=at)
    keys = sorted(set(waited_for.values_list("session", flat=True)))
    return sum(_fill_session(key, at=at) for key in keys)


@transaction.atomic
def _fill_session(key: int, *, at: datetime) -> int:
    return fill_sessions([key], at=at)


def _fill_all_groups(at: datetime) -> int:
    groups = GroupWait.objects.filter(ended_at__isnull=True).values_list("group", flat=True)
    return sum(_fill_group(key, at=at) for key in sorted(set(groups)))


@transaction.atomic
def _fill_group(key: int, *, at: datetime) -> int:
    placed = fill_group(key, at=at)
    note_moved(placed, "schedule", at=at)
    return len(placed)


def tell_of_make_ups(*, at: datetime) -> int:
    """Tell everyone with an account, once, that sessions are left which would save their week; how many were told."""
    open_offers = MakeUpOffer.objects.filter(
        told_at__isnull=True, ended_at__isnull=True, episode__ended_at__isnull=True
    )
    of_week: dict[tuple[int, str, date], dict[int, Episode]] = defaultdict(dict)
    offers = list(open_offers.select_related("episode__patient", "episode__site").order_by("pk"))
    starts = {
        one: number("week_start", organization=one, on=at.date())
        for one in {offer.organization_id for offer in offers}
    }
    for offer in offers:
        zone = offer.episode.site.time_zone
        monday = week_of(offer.local_day, starts[offer.organization_id])
        if monday + WEEK > local_day(at, zone):
            of_week[offer.organization_id, zone, monday][offer.patient_id] = offer.episode
    return sum(
        _tell_week(organization, monday, people, at=at)
        for (organization, _, monday), people in of_week.items()
    )


def _tell_week(organization: int, monday: date, people: dict[int, Episode], *, at: datetime) -> int:
    """Tell those of these people (by key) whose week can be saved."""
    accounts = open_accounts_of(people)
    with_account = [episode for key, episode in people.items() if key in accounts]
    by = the_program(organization)
    told = [one.episode.patient_id for one in short_ones(with_account, monday, by=by, at=at) if one.fitting]
    with transaction.atomic():
        for key in told:
            rows = MakeUpOffer.objects.filter(
                patient=key,
                local_day__range=(monday, monday + WEEK - DAY),
                told_at__isnull=True,
                ended_at__isnull=True,
            )
            if rows.update(told_at=at):
                queue_mail(accounts[key], MAIL, at=at)
        note_own_work("make-ups offered", "make_up", told, organization=organization, at=at)
    return len(told)
