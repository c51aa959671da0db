"""Proof of presence beside the attendance: what it says of each person, and taking it over with one tap."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.recording.attendance_taps import Came
from throughcare.knowledge.recording.presence_proofs import Proof, Proven, proven
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.attendance import record_roster
from throughcare.pathway.prepared import prepared
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.session.session_rows import (
    clock_words,
    elapsed_minutes,
    find_session,
    seated_at,
    standing_attendance,
    treatment_minutes,
)
from throughcare.records.attendance import Attendance
from throughcare.records.check_ins import CheckIn, Presence
from throughcare.records.sessions import Appointment, Session

CHECKED_IN = "Checked in"
NOT_SEEN = f"{CHECKED_IN}, not yet seen"
HOW = {"code": "Here by the room's code", "kiosk": "Here by the kiosk", "video": "Joined by video"}


@dataclass(frozen=True)
class Sign:
    """What is known of one person before or beside the tap. `offers`: how they would be recorded; empty for nothing.

    `whereabouts` are told on joining by video: where they are, the number to call, who is near.
    """

    words: str = ""
    doubt: str = ""
    offers: Came | None = None
    is_new: bool = False
    whereabouts: tuple[str, ...] = ()


def signs_of(session: Session, standing: Mapping[int, Attendance], *, at: datetime) -> Mapping[int, Sign]:
    """By patient (key): what is known of whom; two queries and the settings, whoever is in the session.

    For pathway modules that passed the desk; `is_new` says that taking over would record something.
    """
    rows: dict[int, list[Presence]] = defaultdict(list)
    for row in _presences(session.pk):
        rows[row.patient_id].append(row)
    checked = {row.patient_id: row.recorded_at for row in _check_ins(session.pk)}
    found = _proven(session, rows, at=at) if rows else {}
    signs = {
        key: _sign(session, rows[key], one, standing.get(key))
        for key, one in found.items()
        if one is not None
    }
    for key, moment in checked.items():
        words = CHECKED_IN if key in standing else NOT_SEEN
        signs.setdefault(key, Sign(f"{words} ({clock_words(session, moment)})"))
    return signs


@prepared
def _presences(session: int) -> QuerySet[Presence]:
    return Presence.objects.filter(session=session)


@prepared
def _check_ins(session: int) -> QuerySet[CheckIn]:
    return CheckIn.objects.filter(session=session, retired_at__isnull=True).only("patient", "recorded_at")


def _proven(
    session: Session, rows: Mapping[int, Sequence[Presence]], *, at: datetime
) -> dict[int, Proven | None]:
    keys = ("attendance.late_minutes", "presence.silent_minutes")
    own = numbers(*keys, organization=session.organization_id, on=session.local_day)

    def minute(moment: datetime) -> int:
        return int((moment - session.starts_at).total_seconds() // 60)

    return {
        key: proven(
            [
                Proof(
                    one.way,
                    minute(one.recorded_at),
                    minute(one.last_seen_at),
                    minute(one.left_at) if one.left_at else None,
                )
                for one in ones
            ],
            now=minute(at),
            length=elapsed_minutes(session),
            treatment_minutes=treatment_minutes(session),
            late_from=own["attendance.late_minutes"],
            silent=own["presence.silent_minutes"],
        )
        for key, ones in rows.items()
    }


def _sign(session: Session, rows: Sequence[Presence], one: Proven, standing: Attendance | None) -> Sign:
    first = min(rows, key=lambda row: row.recorded_at)
    last = max(rows, key=lambda row: row.last_seen_at)
    words = f"{HOW[first.way]} {clock_words(session, first.recorded_at)}"
    if last.way == "video":
        until = f"left {clock_words(session, last.left_at)}" if last.left_at else ""
        seen = until or f"last sign {clock_words(session, last.last_seen_at)}"
        words = f"{words}, {seen}"
        if one.seen_minutes:
            words = f"{words}, {one.seen_minutes} min in the session"
    told: Mapping[str, str] = next(
        (row.whereabouts for row in sorted(rows, key=_newest) if row.whereabouts), {}
    )
    return Sign(
        words=words,
        doubt=one.doubt if _is_open(standing) else "",
        offers=one.came,
        is_new=one.came is not None and _is_open(standing) and _came(standing) != one.came,
        whereabouts=tuple(told[name] for name in ("place", "phone", "nearby") if told.get(name)),
    )


def _newest(row: Presence) -> float:
    return -row.recorded_at.timestamp()


def _is_open(standing: Attendance | None) -> bool:
    """What staff recorded is theirs; nothing, or what the person's own check-in made, is taken over."""
    return standing is None or standing.recorded_by_id is None


def _came(standing: Attendance | None) -> Came | None:
    return Came(standing.status, standing.late_minutes, standing.left_early_minutes) if standing else None


@transaction.atomic
def take_over_proofs(session: UUID, *, by: Actor, at: datetime) -> int:
    """Record everyone whose proof is clear as it says; how many that were. What staff tapped stays as it is."""
    found = find_session(session, by=by)
    signs = signs_of(found, standing_attendance(found), at=at)
    seats: list[Appointment] = seated_at(found)
    came = {
        seat.patient.uid: sign.offers
        for seat in seats
        for sign in [signs.get(seat.patient_id)]
        if sign is not None and sign.is_new and sign.offers is not None
    }
    if not came:
        return 0
    record_roster(session, came, by=by, at=at)
    # Whom `by` must not know was left out.
    after = standing_attendance(found)
    return sum(_came(after.get(seat.patient_id)) == came.get(seat.patient.uid, 0) for seat in seats)
