"""What is asked of the database about daily check-ins."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from throughcare.knowledge.daily import Day
from throughcare.pathway.prepared import prepared
from throughcare.records.among import Keys
from throughcare.records.check_ins import CheckIn
from throughcare.records.daily import DailyCheckIn, DailyChoice

LISTS = ("used", "own_signs", "sign_words", "asked")


@prepared
def standing_days(patients: Keys, since: date, until: date) -> QuerySet[DailyCheckIn]:
    """The days of these people (keys) that stand, oldest first."""
    rows = DailyCheckIn.objects.filter(
        patient__among=patients, local_day__gte=since, local_day__lte=until, retired_at__isnull=True
    )
    return rows.order_by("local_day", "pk")


@prepared
def check_ins_between(patients: Keys, since: datetime, until: datetime) -> QuerySet[CheckIn]:
    """What these people (keys) said before sessions, oldest first."""
    rows = CheckIn.objects.filter(
        patient__among=patients, recorded_at__gte=since, recorded_at__lte=until, retired_at__isnull=True
    )
    return rows.order_by("recorded_at", "pk")


@prepared
def days_said(patient: int) -> QuerySet[DailyCheckIn, date]:
    """Every day of which a person (key) said something."""
    rows = DailyCheckIn.objects.filter(patient=patient, retired_at__isnull=True)
    return rows.values_list("local_day", flat=True)


@prepared
def newest_choice(patient: int) -> QuerySet[DailyChoice]:
    """What a person (key) chose last."""
    return DailyChoice.objects.filter(patient=patient).order_by("-recorded_at", "-pk")[:1]


def day_of(row: DailyCheckIn) -> Day:
    """The answers of a row; what an older row doesn't know stays empty."""
    said: dict[str, Any] = {
        code: tuple(value) if code in LISTS else value for code, value in row.answers.items()
    }
    return Day(**said)
