"""A missed session opens an offer of make-ups in the same moment; a correction takes it back."""

from collections.abc import Sequence
from datetime import datetime

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.recording.saving_weeks import is_missed
from throughcare.pathway.program_settings import number
from throughcare.records.attendance import Attendance
from throughcare.records.offers import MakeUpOffer


def offer_after(rows: Sequence[Attendance], *, at: datetime, told_at: datetime | None = None) -> None:
    """Open an offer for each of these attendances, just recorded, that is a miss. Costs nothing where nobody missed.

    `told_at`: the person was told already, when the miss was first recorded in other words.
    """
    seats = ((row, row.appointment.episode_id) for row in rows if row.counts)
    counted = [(row, episode) for row, episode in seats if episode is not None]
    least = _least([row for row, _ in counted])
    MakeUpOffer.objects.bulk_create(
        MakeUpOffer(
            organization_id=row.organization_id,
            patient_id=row.patient_id,
            episode_id=episode,
            attendance=row,
            local_day=row.local_day,
            told_at=told_at,
            recorded_by_id=row.recorded_by_id,
            recorded_at=at,
        )
        for row, episode in counted
        if is_missed(
            row.status,
            minutes=row.minutes,
            treatment_minutes=row.appointment.planned_minutes,
            least=least,
        )
    )


def _least(rows: Sequence[Attendance]) -> int:
    """The minutes that make a miss; asked only where someone came and lacks some."""
    partly = [
        row
        for row in rows
        if STATUSES[row.status].minutes_count and row.minutes < row.appointment.planned_minutes
    ]
    if not partly:
        return 1
    first = partly[0]
    return int(number("make_up.missed_minutes", organization=first.organization_id, on=first.local_day))


def withdraw_offer(row: Attendance, *, at: datetime) -> datetime | None:
    """Take back what was offered for an attendance that is corrected; when the person was told of it, if they were."""
    offer = MakeUpOffer.objects.filter(attendance=row).first()
    if offer is None:
        return None
    MakeUpOffer.objects.filter(pk=offer.pk, ended_at__isnull=True).update(ended_at=at, how="withdrawn")
    return offer.told_at
