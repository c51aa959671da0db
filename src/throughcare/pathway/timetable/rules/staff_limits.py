"""What the week may ask of staff: hours of groups, and the days on which they are away."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.clinic.clinic import require_administrator
from throughcare.pathway.group.group import find_practitioner
from throughcare.pathway.people.people import zone_for
from throughcare.records.week_rules import Absence, GroupHours

MOST_HOURS = 40
LONGEST_ABSENCE = 400


def limit_group_hours(practitioner: UUID, *, most: float, meant: float, by: Actor, at: datetime) -> UUID:
    """Say how many hours of groups a week someone leads at most, and how many are meant."""
    require_administrator(by)
    who = find_practitioner(practitioner, by=by)
    if not 0 <= most <= MOST_HOURS:
        raise Cannot(f"Give 0 to {MOST_HOURS} hours a week.", field="most")
    if not 0 <= meant <= most:
        raise Cannot("Give no more hours than they lead at most.", field="meant")
    return GroupHours.objects.create(
        organization_id=by.organization,
        practitioner=who,
        most=Decimal(str(most)),
        meant=Decimal(str(meant)),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def be_away(practitioner: UUID, *, first_day: date, last_day: date, by: Actor, at: datetime) -> UUID:
    """Enter the days on which someone is away. The sessions they lead stay as they are until the week is changed."""
    require_administrator(by)
    who = find_practitioner(practitioner, by=by)
    if last_day < first_day:
        raise Cannot("The last day comes after the first.", field="last_day")
    if (last_day - first_day).days > LONGEST_ABSENCE:
        raise Cannot("Enter a year at most.", field="last_day")
    if last_day < local_day(at, zone_for(by)):
        raise Cannot("Choose days that are still to come.", field="last_day")
    return Absence.objects.create(
        organization_id=by.organization,
        practitioner=who,
        first_day=first_day,
        last_day=last_day,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def end_absence(practitioner: UUID, absence: UUID, *, by: Actor, at: datetime) -> None:
    """Take an absence back: they are here after all."""
    require_administrator(by)
    rows = Absence.objects.filter(
        organization_id=by.organization, practitioner__uid=practitioner, uid=absence, ended_at__isnull=True
    )
    if not rows.update(ended_at=at):
        raise Absent("absence")
