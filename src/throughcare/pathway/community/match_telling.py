"""A neutral word to both sides of a match: that one is proposed, and that the other side said yes."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from throughcare.pathway.message.language import in_language_of
from throughcare.pathway.message.outbox import put_message, to_patient
from throughcare.pathway.seat.seat_telling import open_accounts_of
from throughcare.records.community import Mentoring


def tell_of_proposal(row: Mentoring, *, at: datetime) -> None:
    """Tell both that something waits for their yes or no."""
    _tell(row, (row.patient_id, row.mentor.patient_id), "proposed", at=at)


def tell_of_yes(row: Mentoring, party: str, *, at: datetime) -> None:
    """Tell the other side than `party` that there is an answer."""
    other = row.mentor.patient_id if party == "mentee" else row.patient_id
    _tell(row, (other,), f"yes of {party}", at=at)


def _tell(row: Mentoring, patients: Iterable[int], what: str, *, at: datetime) -> None:
    """Nobody is told who has no way to sign in; neither who it is nor what it is about is said."""
    for patient in sorted(open_accounts_of(list(patients))):
        with in_language_of(patient=patient):
            put_message(
                to_patient(patient),
                subject=_("Something waits for you"),
                words=_("There is something for you to read and to answer. Sign in to read it."),
                key=f"match {row.uid} {what} {patient}",
                organization=row.organization_id,
                at=at,
            )
