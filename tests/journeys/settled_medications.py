"""What people take: a list with an allergy, something that doesn't go together, and a dose to tell of."""

from datetime import datetime
from uuid import UUID, uuid4

from tests.cast import Cast
from throughcare.pathway.medication.changing import MedicationWords, start_medication
from throughcare.pathway.medication.checking import record_allergy, record_naloxone
from throughcare.pathway.medication.doses import DoseWords, record_dose

TAKES = (
    MedicationWords("Sertraline", "50 mg", "mouth", "daily", "bottle", prescriber="Dr. Vale"),
    MedicationWords("Oxycodone", "5 mg", "mouth", "as_needed", "person"),
    MedicationWords("Xanax", "1 mg", "mouth", "as_needed", "person"),
    MedicationWords("Vivitrol", "380 mg", "injection", "every_4_weeks", "prescriber"),
)


def what_is_taken(cast: Cast, patient: UUID, *, now: datetime) -> dict[str, object]:
    """Four medications of which two pairs don't go together, an allergy, naloxone offered, a day told."""
    threads = [start_medication(patient, new, key=uuid4(), by=cast.nurse, at=now) for new in TAKES]
    told = DoseWords("missed", "side_effects", words="It made me sick.")
    record_dose(threads[0], told, day=now.date(), by=cast.nurse, at=now)
    record_naloxone(patient, whom="family", step="offered", happened=now.date(), by=cast.nurse, at=now)
    allergy = record_allergy(
        patient, substance="Penicillin", reaction="Rash", severity="severe", by=cast.nurse, at=now
    )
    return {"medication": threads[0], "allergy": allergy}
