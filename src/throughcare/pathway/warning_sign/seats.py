"""Sessions as the watch looks at them: every seat of the last weeks and the next days, with what came of it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.warning_signs.picture import SessionFact
from throughcare.pathway.prepared import prepared
from throughcare.records.among import Keys
from throughcare.records.attendance import Attendance
from throughcare.records.sessions import Appointment

DAY = timedelta(days=1)
Row = tuple[Any, ...]


def sessions_of(
    patients: Keys, *, organization: int, since: datetime, until: datetime
) -> Mapping[int, tuple[SessionFact, ...]]:
    """The sessions of each patient (key), in two questions.

    A seat that was given back, or whose session the program canceled, is none unless its attendance was taken.
    """
    first, last = (since - DAY).date(), (until + DAY).date()
    taken = _attendance(organization, patients, first, last)
    came = {(patient, session): (status, minutes, late) for patient, session, status, minutes, late in taken}
    found: dict[int, list[SessionFact]] = defaultdict(list)
    for patient, session, starts, ends, kind, planned, counts, make_up, is_off in _seats(
        organization, patients, first, last
    ):
        known = came.pop((patient, session), None)
        if known is None and is_off:
            continue
        status, minutes, late = known or (None, 0, 0)
        found[patient].append(
            SessionFact(
                key=str(session),
                starts_at=starts,
                ends_at=ends,
                status=status,
                planned_minutes=planned,
                attended_minutes=minutes,
                late_minutes=late,
                is_make_up=make_up,
                counts=counts,
                title=session_type(kind).title,
            )
        )
    return {patient: tuple(sessions) for patient, sessions in found.items()}


@prepared
def _seats(organization: int, patients: Keys, first: date, last: date) -> QuerySet[Appointment, Row]:
    """Who has the seat now comes before who gave it back."""
    rows = Appointment.objects.filter(
        organization_id=organization, patient__among=patients, local_day__gte=first, local_day__lte=last
    )
    given_back = Q(released_at__isnull=False) | Q(session__cancelled_at__isnull=False)
    rows = rows.annotate(is_off=ExpressionWrapper(given_back, output_field=BooleanField()))
    return rows.order_by("is_off").values_list(
        "patient",
        "session",
        "session__starts_at",
        "session__ends_at",
        "session__session_type",
        "planned_minutes",
        "counts",
        "is_make_up",
        "is_off",
    )


@prepared
def _attendance(organization: int, patients: Keys, first: date, last: date) -> QuerySet[Attendance, Row]:
    rows = Attendance.objects.filter(
        organization_id=organization,
        patient__among=patients,
        local_day__gte=first,
        local_day__lte=last,
        retired_at__isnull=True,
    )
    return rows.values_list("patient", "session", "status", "minutes", "late_minutes")
