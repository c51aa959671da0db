"""The answers that may bring a plan review forward, read only for those whose review they may touch."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.planning.review_triggers import Answer
from throughcare.knowledge.questionnaires.library import all_questionnaires
from throughcare.records.measures import MeasureResponse

# Answers from so long before the admission belong to its intake.
INTAKE = timedelta(days=30)
CRITICAL = tuple(one.code for one in all_questionnaires() if one.critical)
WATCHED = tuple(one.code for one in all_questionnaires() if one.critical or one.reliable_change)


@dataclass(frozen=True)
class Reviewed:
    """Someone with a plan: since when the next review is counted, and after how many weeks a gain is looked for."""

    patient: int
    organization: int
    zone: str
    admitted_at: datetime
    last: datetime
    weeks: int

    def gain_is_asked(self, at: datetime) -> bool:
        """Whether the day on which a gain is looked for has come since the last review."""
        by = local_day(self.admitted_at, self.zone) + timedelta(weeks=self.weeks)
        return local_day(self.last, self.zone) < by <= local_day(at, self.zone)


def answers_to_weigh(people: Sequence[Reviewed], *, at: datetime) -> dict[int, list[Answer]]:
    """What each patient (by key) answered since their intake; at most two queries, empty for most people."""
    if not people:
        return {}
    critical = _with_critical_answers(people, at=at)
    asked = [one for one in people if one.patient in critical or one.gain_is_asked(at)]
    if not asked:
        return {}
    rows = MeasureResponse.objects.filter(
        organization_id__in={one.organization for one in asked},
        patient__in=[one.patient for one in asked],
        code__in=WATCHED,
        taken_at__gte=min(one.admitted_at for one in asked) - INTAKE,
        taken_at__lte=at,
        retired_at__isnull=True,
    ).values_list("patient", "code", "taken_at", "total", "critical")
    by_patient = {one.patient: one for one in asked}
    found: dict[int, list[Answer]] = defaultdict(list)
    for patient, code, taken_at, total, items in rows:
        one = by_patient[patient]
        if taken_at >= one.admitted_at - INTAKE:
            known = None if total is None else float(total)
            day = local_day(taken_at, one.zone)
            found[patient].append(Answer(code, taken_at, day, known, frozenset(items)))
    return found


def _with_critical_answers(people: Iterable[Reviewed], *, at: datetime) -> set[int]:
    last = {one.patient: one.last for one in people}
    rows = (
        MeasureResponse.objects.filter(
            organization_id__in={one.organization for one in people},
            taken_at__gt=min(last.values()),
            taken_at__lte=at,
            code__in=CRITICAL,
            retired_at__isnull=True,
        )
        .exclude(critical=[])
        .values_list("patient", "taken_at")
    )
    return {patient for patient, taken_at in rows if patient in last and taken_at > last[patient]}
