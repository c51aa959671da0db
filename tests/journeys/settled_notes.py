"""A one-to-one whose draft is shared with the person, and a draft that somebody deleted."""

from datetime import datetime, timedelta
from uuid import UUID

from tests.cast import Cast
from throughcare.pathway.note.deleted_drafts import delete_own
from throughcare.pathway.note.group_note import write_own
from throughcare.pathway.note.shared_drafts import share_draft
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.schedule import book_series


def what_is_drafted(cast: Cast, patient: UUID, *, now: datetime) -> dict[str, object]:
    """The sharing and the deleted draft, each of a session of its own."""
    when = {"by": cast.clinician, "at": now}
    together, wrong = (_alone(cast, patient, now=now, days=days) for days in (12, 13))
    for session in (together, wrong):
        write_own(
            session,
            patient,
            text="Wants to plan the weekend with her sister.",
            objective_thread=None,
            seen_version=0,
            **when,
        )
    return {
        "share": share_draft(together, patient, **when),
        "deleted": delete_own(wrong, patient, seen_version=1, **when),
    }


def _alone(cast: Cast, patient: UUID, *, now: datetime, days: int) -> UUID:
    starts = (now + timedelta(days=days)).replace(hour=14, minute=0, tzinfo=None)
    carla = cast.practitioner_uid(cast.clinician)
    new = NewSession("individual", cast.site, carla, (patient,), starts, 60, room=cast.office)
    return book_series(new, weeks=1, by=cast.clinician, at=now)[0]
