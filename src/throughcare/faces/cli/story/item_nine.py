"""What follows in the story when somebody's PHQ-9 is above 0 on its last question in the evening."""

from datetime import datetime, timedelta
from uuid import UUID

from throughcare.faces.cli.story.clinic import Clinic
from throughcare.pathway.crisis.answering import close_crisis, take_crisis
from throughcare.pathway.crisis.desk import crisis_desk
from throughcare.pathway.crisis.log_entries import NewEntry, log_entry
from throughcare.pathway.measure.measure import record_measure

# Wishes to be dead and thoughts without method, intent or plan, asked on the phone.
ANSWERS = (1, 1, 0, 0, 0, 0, None)
# What came in so lately still waits when the demo is opened.
FRESH = timedelta(hours=24)


def follow_up(clinic: Clinic, patient: UUID, *, at: datetime) -> None:
    """The director takes the call, asks the C-SSRS, goes through the safety plan and closes the crisis."""
    by = clinic.actors["director"]
    for one in crisis_desk(by=by, at=at).unacknowledged:
        if one.patient != patient:
            continue
        take_crisis(one.uid, by=by, at=at + timedelta(minutes=6))
        record_measure(
            patient, "c-ssrs-screener", ANSWERS, mode="clinician", by=by, at=at + timedelta(minutes=25)
        )
        for minutes, entry in (
            (10, NewEntry("reached", choice="person")),
            (25, NewEntry("screened", words="Questions 1 and 2 yes, the others no")),
            (34, NewEntry("plan_checked", words="Went through it line by line")),
        ):
            log_entry(one.uid, entry, by=by, at=at + timedelta(minutes=minutes))
        close_crisis(one.uid, words="Comes to group tomorrow", by=by, at=at + timedelta(minutes=40))
