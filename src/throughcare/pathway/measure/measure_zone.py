"""On which clocks a person's measures and days are counted."""

from throughcare.pathway.measure.measure_rows import newest_zone
from throughcare.pathway.privacy.consent import site_of
from throughcare.records.people import Patient


def zone_of(patient: Patient) -> str:
    """The time zone of the clinic that a patient was last referred to, else of where they are."""
    found = next(iter(newest_zone(patient.pk)), None) or site_of(patient)
    return found if isinstance(found, str) else found.time_zone if found else "UTC"
