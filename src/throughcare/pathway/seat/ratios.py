"""How many patients one staff member may lead, by the kind of session, as the program has set it."""

from datetime import date

from throughcare.knowledge.session_types import RATIOS
from throughcare.pathway.program_settings import numbers


def ratios_on(day: date, *, organization: int) -> dict[str, int]:
    """The ratios in force on a day, by setting, in one query."""
    found = numbers(*RATIOS.values(), organization=organization, on=day)
    return {key: int(value) for key, value in found.items()}
