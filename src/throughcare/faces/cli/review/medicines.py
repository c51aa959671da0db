"""What each person of the fixture takes: a medication with its history, an allergy, a dose told in their own words."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid5

from throughcare.faces.cli.review.lives import Life
from throughcare.pathway.medication.changing import MedicationWords, change_medication, start_medication
from throughcare.pathway.medication.checking import record_allergy
from throughcare.pathway.medication.doses import DoseWords, record_dose


def medicate(life: Life, *, now: datetime) -> None:
    """One medication, changed once, of which a day was told; and one allergy."""
    by = life.place.actors[life.therapist]
    words = MedicationWords(
        life.word("medication", "name"),
        life.word("medication", "dose"),
        "mouth",
        "daily",
        "person",
        prescriber=life.word("medication", "prescriber"),
    )
    thread = start_medication(life.patient, words, key=uuid5(life.patient, "first"), by=by, at=now)
    change_medication(
        thread,
        replace(words, dose=life.word("medication", "new dose")),
        version=1,
        key=uuid5(life.patient, "second"),
        because=life.word("medication", "why"),
        by=by,
        at=now + timedelta(minutes=1),
    )
    told = DoseWords("missed", "forgot", words=life.word("medication", "their words"))
    record_dose(thread, told, day=now.date(), by=by, at=now + timedelta(minutes=2))
    record_allergy(life.patient, substance=life.word("medication", "allergy"), by=by, at=now)
