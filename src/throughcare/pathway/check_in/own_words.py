"""What people of a session said themselves, before and after it: evidence for their notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from throughcare.knowledge.between_sessions import CHECK_IN, PRACTICED, TOP, CheckIn
from throughcare.pathway.prepared import prepared
from throughcare.records.check_ins import CheckIn as CheckInRow
from throughcare.records.check_ins import CheckOut
from throughcare.records.sessions import Session

# The short name of each scale, as a note quotes it.
SHORT = {"mood": "Mood", "craving": "Craving", "sleep": "Sleep"}


@dataclass(frozen=True)
class OwnWords:
    """One person's words: `check_in` and `check_out` as they wrote them, or empty; `answers` as short phrases."""

    answers: tuple[str, ...] = ()
    check_in: str = ""
    check_in_at: datetime | None = None
    check_out: str = ""
    check_out_at: datetime | None = None


def own_words(session: Session) -> Mapping[int, OwnWords]:
    """By patient (key): what each said at check-in and check-out of this session; two queries whoever is in it.

    For pathway modules that have the session in hand and pass the desk for whom they show. Who said nothing is not
    in the mapping: `own_words(found).get(seat.patient_id, OwnWords())`.
    """
    before = {row.patient_id: row for row in _check_ins(session.pk)}
    after = {row.patient_id: row for row in _check_outs(session.pk)}
    return {key: _words(before.get(key), after.get(key)) for key in before.keys() | after.keys()}


@prepared
def _check_ins(session: int) -> QuerySet[CheckInRow]:
    return CheckInRow.objects.filter(session=session, retired_at__isnull=True)


@prepared
def _check_outs(session: int) -> QuerySet[CheckOut]:
    return CheckOut.objects.filter(session=session, retired_at__isnull=True)


def _words(before: CheckInRow | None, after: CheckOut | None) -> OwnWords:
    said = CheckIn(**before.answers) if before else CheckIn()
    return OwnWords(
        answers=phrases_of(said),
        check_in=said.words,
        check_in_at=before.recorded_at if before else None,
        check_out=after.words if after else "",
        check_out_at=after.recorded_at if after else None,
    )


def phrases_of(said: CheckIn) -> tuple[str, ...]:
    """The answers of a check-in as short phrases, such as “Mood 4 of 10”; what was left out is left out."""
    values = {item.code: getattr(said, item.code) for item in CHECK_IN}
    scales = [f"{word} {values[code]} of {TOP}" for code, word in SHORT.items() if values[code] is not None]
    practiced = dict(PRACTICED).get(said.practiced)
    return (*scales, f"Practiced the skill: {practiced.lower()}") if practiced else tuple(scales)
