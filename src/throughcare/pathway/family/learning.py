"""Which lessons for families somebody worked through. About no patient: only their own reading."""

from datetime import datetime

from throughcare.knowledge.family_education import ALL as LESSONS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.records.community import LessonDone


def lessons_done(*, by: Actor) -> frozenset[str]:
    """The lessons (codes) that this account worked through."""
    rows = LessonDone.objects.filter(organization_id=by.organization, account=by.account)
    return frozenset(rows.values_list("lesson", flat=True))


def finish_lesson(lesson: str, *, by: Actor, at: datetime) -> None:
    """Write down that a lesson was worked through; twice counts once. Raises `Absent`."""
    if lesson not in LESSONS or by.account is None:
        raise Absent("lesson")
    LessonDone.objects.get_or_create(
        account_id=by.account,
        lesson=lesson,
        defaults={"organization_id": by.organization, "recorded_by_id": by.account, "recorded_at": at},
    )
