"""Which topics people had or missed: had is who came to a session about it, missed who was expected and didn't."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.curricula.curriculum import Topic
from throughcare.knowledge.curricula.library import TOPICS
from throughcare.records.attendance import Attendance

NOBODYS_MISS = frozenset({"cancelled_by_program"})


@dataclass
class History:
    """One person's topics by code: the last day on which they had each, and on which they missed each."""

    had: dict[str, date] = field(default_factory=dict)
    missed: dict[str, date] = field(default_factory=dict)

    def lacks(self, since: date) -> tuple[tuple[Topic, date], ...]:
        """What they missed since a day and have not had after it, the latest first."""
        open_days = [
            (day, code)
            for code, day in self.missed.items()
            if day >= since and self.had.get(code, date.min) < day and code in TOPICS
        ]
        return tuple((TOPICS[code], day) for day, code in sorted(open_days, reverse=True))


def topic_histories(
    patients: Collection[int], *, organization: int, before: datetime, codes: Collection[str] | None = None
) -> dict[int, History]:
    """What each person (key) had and missed in sessions that began before a moment, in one query.

    With `codes`, only of these topics. For pathway modules that passed the desk for these people.
    """
    rows = Attendance.objects.filter(
        Q(session__topics__code__in=codes) if codes is not None else Q(session__topics__code__gt=""),
        organization_id=organization,
        patient__in=patients,
        retired_at__isnull=True,
        session__starts_at__lt=before,
        session__topics__retired_at__isnull=True,
    )
    found: dict[int, History] = defaultdict(History)
    for patient, status, day, code in rows.order_by("local_day", "pk").values_list(
        "patient", "status", "local_day", "session__topics__code"
    ):
        one = found[patient]
        if STATUSES[status].minutes_count:
            one.had[code] = day
        elif status not in NOBODYS_MISS:
            one.missed[code] = day
    return found
