"""Reminders of sessions: each occurrence once the day before and once shortly before, in words that say nothing.

Sessions that follow each other on a day are one visit, and one mail; each of them has its own rows all the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.privacy.safe_ways import may_reach
from throughcare.pathway.privacy.own_work import note_own_work
from throughcare.pathway.privacy.reaching import ways_shut
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.seat.change_telling import accounts_of
from throughcare.pathway.signing_in.door_mail import queue_mail
from throughcare.records.organizations import Organization
from throughcare.records.sessions import Appointment
from throughcare.records.week_changes import Reminder

MAIL = "session_soon"
DAY, HOURS = "day", "hours"
LEADS = {DAY: "reminder.first_hours", HOURS: "reminder.second_hours"}
GAP = "day.longest_gap"
WAY = "email"

# A visit's later sessions come into sight with its first.
REST_OF_DAY = timedelta(hours=12)


def remind_of_sessions(*, at: datetime) -> str:
    """Remind everyone whose reminders are due, in every organization; what was done."""
    sent = sum(_remind(key, at=at) for key in Organization.objects.values_list("pk", flat=True))
    return f"{sent} reminded" if sent else "nothing due"


@transaction.atomic
def _remind(organization: int, *, at: datetime) -> int:
    """How many people of one organization were written to."""
    today = local_day(at, "UTC")
    own = numbers(*LEADS.values(), GAP, organization=organization, on=today)
    leads = {lead: timedelta(hours=float(own[key])) for lead, key in LEADS.items() if own[key] > 0}
    due = _due(organization, leads, timedelta(minutes=int(own[GAP])), at=at) if leads else {}
    accounts = accounts_of(due)
    shut = ways_shut(list(due))
    written = []
    for patient in sorted(due):
        account = accounts.get(patient)
        if account is None:
            continue
        way = WAY if may_reach(WAY, shut.get(patient, ())) and account.suspended_at is None else ""
        _write(due[patient], way=way, at=at)
        if way:
            queue_mail(account, MAIL, at=at)
            written.append(patient)
    note_own_work("reminders of sessions", "schedule", written, organization=organization, at=at, verb="see")
    return len(written)


def _due(
    organization: int, leads: dict[str, timedelta], gap: timedelta, *, at: datetime
) -> dict[int, list[tuple[Appointment, str]]]:
    """What is due for each patient (key): a seat and the lead that it is reminded at."""
    until = at + max(leads.values()) + REST_OF_DAY
    rows = Appointment.objects.select_for_update(of=("self",)).filter(
        organization_id=organization,
        released_at__isnull=True,
        session__cancelled_at__isnull=True,
        session__starts_at__gt=at,
        session__starts_at__lte=until,
        local_day__gte=local_day(at, "UTC") - timedelta(days=1),
        local_day__lte=local_day(until, "UTC"),
        patient__accounts__ended_at__isnull=True,
        patient__accounts__isnull=False,
    )
    seats = list(rows.select_related("session").order_by("patient", "session__starts_at", "pk"))
    told = set(Reminder.objects.filter(appointment__in=seats).values_list("appointment", "lead"))
    found: dict[int, list[tuple[Appointment, str]]] = defaultdict(list)
    for visit in _visits(seats, gap):
        lead = _lead_of(visit, leads, at=at)
        for seat in visit if lead else ():
            if (seat.pk, lead) not in told:
                found[seat.patient_id].append((seat, lead))
    return dict(found)


def _lead_of(visit: Sequence[Appointment], leads: dict[str, timedelta], *, at: datetime) -> str:
    """Which reminder of a visit is due now: the nearest that has come, unless it was booked after its moment."""
    starts_at = visit[0].session.starts_at
    for lead, length in sorted(leads.items(), key=lambda one: one[1]):
        moment = starts_at - length
        if moment <= at:
            return lead if min(seat.recorded_at for seat in visit) <= moment else ""
    return ""


def _visits(seats: Iterable[Appointment], gap: timedelta) -> list[list[Appointment]]:
    """Each patient's seats, those that follow each other on a day together."""
    visits: list[list[Appointment]] = []
    for seat in seats:
        last = visits[-1][-1] if visits else None
        if (
            last is not None
            and last.patient_id == seat.patient_id
            and last.local_day == seat.local_day
            and seat.session.starts_at - last.session.ends_at <= gap
        ):
            visits[-1].append(seat)
        else:
            visits.append([seat])
    return visits


def _write(due: Sequence[tuple[Appointment, str]], *, way: str, at: datetime) -> None:
    Reminder.objects.bulk_create(
        Reminder(organization_id=seat.organization_id, appointment=seat, lead=lead, way=way, recorded_at=at)
        for seat, lead in due
    )
