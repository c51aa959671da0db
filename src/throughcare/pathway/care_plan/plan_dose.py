"""The dose of a draft: hours and days a week, and the mix of sessions that makes them up."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.planning.session_mixes import ALL as MIXES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.care_plan.care_plan import open_draft
from throughcare.pathway.care_plan.plan_line_kinds import LineOnScreen, Words, token_of
from throughcare.pathway.care_plan.plan_lines import changed_meanwhile
from throughcare.pathway.care_plan.plan_writing import said_by
from throughcare.records.care_plans import PlanVersion, PrescriptionLine

DOSE_FIELDS = ("hours_per_week", "days_per_week", "longest_day_hours", "expected_weeks")


@transaction.atomic
def prescribe(version: UUID, dose: Words, *, seen: str, by: Actor, at: datetime) -> None:
    """Set hours and days a week, the longest day and the expected weeks of a draft."""
    row = open_draft(version, by=by, at=at)
    now = dose_on_screen(row)
    if seen and seen != now.seen:
        raise changed_meanwhile(say_dose(row), "Someone")
    for name in DOSE_FIELDS:
        setattr(row, name, dose.get(name))
    row.save(update_fields=[*DOSE_FIELDS])


def read_dose(version: UUID, *, by: Actor, at: datetime) -> LineOnScreen:
    """The hours and days of a draft, to be changed."""
    return dose_on_screen(open_draft(version, by=by, at=at, lock=False))


def dose_on_screen(row: PlanVersion) -> LineOnScreen:
    """The hours and days of a draft that was opened already, as a form shows them."""
    words = {name: getattr(row, name) for name in DOSE_FIELDS}
    return LineOnScreen("dose", words, token_of(words))


@transaction.atomic
def use_mix(version: UUID, mix: str, *, by: Actor, at: datetime) -> None:
    """Prescribe a proposed mix of sessions, in place of what was prescribed."""
    row = open_draft(version, by=by, at=at)
    found = MIXES.get(mix)
    if found is None:
        raise Cannot("Choose one of the mixes on the page.")
    row.prescription.all().delete()
    PrescriptionLine.objects.bulk_create(
        PrescriptionLine(
            version=row,
            session_type=line.session_type,
            per_week=line.per_week,
            minutes=line.minutes,
            **said_by(by, at=at),
        )
        for line in found.lines
    )
    row.hours_per_week = found.hours
    row.days_per_week = found.days
    row.longest_day_hours = found.longest_day_hours
    row.save(update_fields=["hours_per_week", "days_per_week", "longest_day_hours"])


def say_dose(row: PlanVersion) -> str:
    """The dose in words, such as `9.0 hours on 3 days a week`."""
    if row.hours_per_week is None:
        return "no hours prescribed yet"
    return f"{row.hours_per_week} hours on {row.days_per_week or '?'} days a week"
