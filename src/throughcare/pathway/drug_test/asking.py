"""What the program does by itself each day: it draws, asks those whose day it is, and notes what was missed."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max

from throughcare.knowledge.clinic_calendar import at_local, local_day, week_of
from throughcare.knowledge.program_settings import Number
from throughcare.pathway.actor import Actor, the_program
from throughcare.pathway.drug_test.collecting import keep_not_given
from throughcare.pathway.drug_test.drawing import Around, draw_for, keep_periods
from throughcare.pathway.message.outbox import put_message, to_account, to_patient
from throughcare.pathway.privacy.own_work import note_own_work
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.reward.planning import earns_rewards
from throughcare.pathway.reward.settling import settle_rewards
from throughcare.pathway.seat.change_telling import accounts_of
from throughcare.records.episodes import Episode
from throughcare.records.organizations import Holiday, Organization, Site
from throughcare.records.tests import DrawnWeeks, DrawPeriod, InDraw, OrderedTest

# People are not woken for it; a test that nobody came to is noted the next noon. [ours]
EARLIEST, NOTED_AT = time(6), time(12)
LOOKED_BACK = timedelta(days=14)
SETTINGS = (
    "drug_test.per_week_first",
    "drug_test.per_week_middle",
    "drug_test.per_four_weeks_later",
    "drug_test.longest_gap_days",
    "drug_test.longest_gap_days_later",
    "drug_test.notice_hours",
)
SUBJECT = "Something for today"
WORDS = "There is something for you to do today. Sign in to see what, or call us."


def draw_and_ask(*, at: datetime) -> str:
    """Draw, ask and close the days of every organization; what was done."""
    asked = sum(_day_of(key, at=at) for key in Organization.objects.values_list("pk", flat=True))
    return f"{asked} asked" if asked else "nothing due"


@transaction.atomic
def _day_of(organization: int, *, at: datetime) -> int:
    """How many people of one organization were asked."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization)
    zone = (
        Site.objects.filter(organization=organization)
        .order_by("pk")
        .values_list("time_zone", flat=True)
        .first()
    )
    if zone is None:
        return 0
    today = local_day(at, zone)
    missed = _note_missed(organization, zone, today, at=at)
    entries = _in_draw(organization, today)
    if entries or DrawPeriod.objects.filter(organization=organization, revealed_at__isnull=True).exists():
        own = numbers(*SETTINGS, organization=organization, on=today)
        _draw(organization, entries, own, zone, today, at=at)
    asked = _ask(organization, zone, today, at=at)
    note_own_work("random tests", "drug_test", sorted({*asked, *missed}), organization=organization, at=at)
    return len(asked)


def _in_draw(organization: int, today: date) -> list[tuple[InDraw, Episode]]:
    """Everyone in the draw with their running episode; whoever was discharged leaves it."""
    entries = list(InDraw.objects.filter(organization=organization, ends_on__isnull=True).order_by("pk"))
    running = {
        one.patient_id: one
        for one in Episode.objects.select_related("site").filter(
            organization=organization,
            patient__in=[entry.patient_id for entry in entries],
            ended_at__isnull=True,
        )
    }
    gone = [entry.pk for entry in entries if entry.patient_id not in running]
    if gone:
        InDraw.objects.filter(pk__in=gone).update(ends_on=today)
    return [(one, running[one.patient_id]) for one in entries if one.patient_id in running]


def _draw(
    organization: int,
    entries: list[tuple[InDraw, Episode]],
    own: dict[str, Number],
    zone: str,
    today: date,
    *,
    at: datetime,
) -> None:
    period = next(iter(keep_periods(organization, today=today, at=at).values()))
    # After the hour at which people are asked, today can't be drawn any more.
    begins = today if at < at_local(today, EARLIEST, zone) else today + timedelta(days=1)
    if begins >= period.first_day + timedelta(weeks=4):
        return
    waiting = _not_drawn(entries, period, week_of(begins))
    if not waiting:
        return
    people = [entry.patient_id for entry, _ in waiting]
    last = dict(
        OrderedTest.objects.filter(patient__in=people, why="random", taken_back_at__isnull=True)
        .values_list("patient")
        .annotate(Max("local_day"))
    )
    earning = earns_rewards(people)
    holidays = Holiday.objects.filter(organization=organization, day__gte=period.first_day)
    around = Around(period, begins, frozenset(holidays.values_list("day", flat=True)), own)
    for entry, episode in waiting:
        patient = entry.patient_id
        draw_for(entry, episode, around, last=last.get(patient), earns=patient in earning, at=at)


def _not_drawn(
    entries: list[tuple[InDraw, Episode]], period: DrawPeriod, monday: date
) -> list[tuple[InDraw, Episode]]:
    """Those for whom this week is not drawn yet, alone or with others."""
    drawn = {
        one.entry_id
        for one in DrawnWeeks.objects.filter(entry__in=[entry.pk for entry, _ in entries], period=period)
        if one.first_day <= monday < one.first_day + timedelta(weeks=one.weeks)
    }
    return [(entry, episode) for entry, episode in entries if entry.pk not in drawn]


def _ask(organization: int, zone: str, today: date, *, at: datetime) -> list[int]:
    """Ask everyone whose day it is, once the morning has come; the people (keys)."""
    if at < at_local(today, EARLIEST, zone):
        return []
    rows = DrawnWeeks.objects.select_related("entry").filter(
        organization=organization,
        entry__ends_on__isnull=True,
        first_day__gt=today - timedelta(weeks=4),
        first_day__lte=today,
    )
    day = today.isoformat()
    due = [one for one in rows if day in one.days]
    asked = set(
        OrderedTest.objects.filter(drawn__in=[one.pk for one in due], local_day=today).values_list(
            "drawn", flat=True
        )
    )
    OrderedTest.objects.bulk_create(
        OrderedTest(
            organization_id=organization,
            patient_id=one.entry.patient_id,
            why="random",
            local_day=today,
            matrix="urine",
            panel=one.entry.panel,
            drawn=one,
            recorded_at=at,
        )
        for one in due
        if one.pk not in asked
    )
    return _tell(organization, today, at=at)


def _tell(organization: int, today: date, *, at: datetime) -> list[int]:
    """Tell everyone of today's test who was not told yet, in words that say nothing; the people (keys)."""
    orders = list(
        OrderedTest.objects.filter(
            organization=organization, local_day=today, told_at__isnull=True, taken_back_at__isnull=True
        )
    )
    accounts = accounts_of([one.patient_id for one in orders])
    for order in orders:
        account = accounts.get(order.patient_id)
        put_message(
            to_account(account.pk) if account else to_patient(order.patient_id),
            subject=SUBJECT,
            words=WORDS,
            key=f"today|{order.uid}",
            organization=organization,
            at=at,
            ends_at=at + timedelta(hours=18),
        )
    OrderedTest.objects.filter(pk__in=[one.pk for one in orders]).update(told_at=at)
    return [one.patient_id for one in orders]


def _note_missed(organization: int, zone: str, today: date, *, at: datetime) -> list[int]:
    """Note the tests that nobody came to by the next noon; the people (keys)."""
    until = today if at >= at_local(today, NOTED_AT, zone) else today - timedelta(days=1)
    rows = OrderedTest.objects.filter(
        organization=organization,
        local_day__lt=until,
        local_day__gte=until - LOOKED_BACK,
        taken_back_at__isnull=True,
        specimen__isnull=True,
        not_given__isnull=True,
    )
    by: Actor = the_program(organization)
    missed = list(rows)
    for order in missed:
        end = at_local(order.local_day + timedelta(days=1), time(0), zone) - timedelta(minutes=1)
        keep_not_given(order, "missed", happened_at=end, by=by, at=at)
        settle_rewards(order.patient_id, organization=organization, by=by, at=at)
    return [order.patient_id for order in missed]
