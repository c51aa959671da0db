"""The numbers behind the public estimate of costs, as the program set them."""

from datetime import datetime

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.public_pages.costs import SETTINGS
from throughcare.pathway.actor import Actor
from throughcare.pathway.program_settings import numbers


def price_numbers(*, zone: str, by: Actor, at: datetime) -> dict[str, float]:
    """Every number of an estimate that holds today, in one query. Who asks leaves nothing behind."""
    return numbers(*SETTINGS, organization=by.organization, on=local_day(at, zone))
