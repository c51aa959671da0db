"""The sums over everybody's sessions and measures in the weeks of a scope, written in SQL.

They are most of the director's page, and putting them together would take Django longer than the database needs for
them. A part for each week: a database sorts many small heaps faster than a large one.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from throughcare.pathway.boards.outcome_scope import WEEK, Scope

# Attendance that stands, at sessions that count and were not canceled for the person.
_HELD = """
    a.organization_id = %s AND a.local_day >= %s AND a.local_day < %s
    AND a.retired_at IS NULL AND a.counts AND a.status <> 'cancelled_by_program'
"""
_HOURS = f"""
    SELECT CAST(a.local_day AS TEXT), SUM(a.minutes), SUM(a.planned_minutes)
    FROM records_attendance a WHERE {_HELD}
"""  # noqa: S608 - no value is put into these texts
_PEOPLE = f"""
    SELECT %s, a.patient_id, SUM(a.minutes) FROM records_attendance a
    WHERE {_HELD} GROUP BY a.patient_id HAVING SUM(a.minutes) >= %s
"""  # noqa: S608
_MEASURES = """
    SELECT %s, COUNT(r.id), COUNT(*)
    FROM records_measurerequest q LEFT JOIN records_measureresponse r ON r.request_id = q.id AND r.taken_at < %s
    WHERE q.organization_id = %s AND q.due_date >= %s AND q.due_date < %s
"""
_HELD_AT_SITE = "AND EXISTS (SELECT 1 FROM records_session s WHERE s.id = a.session_id AND s.site_id = %s)"
_ASKED_AT_SITE = (
    "AND EXISTS (SELECT 1 FROM records_episode e WHERE e.patient_id = q.patient_id AND e.site_id = %s)"
)


def minutes_by_day(scope: Scope) -> list[tuple[str, int, int]]:
    """(day, minutes attended, minutes planned) of every day with sessions."""
    values = [scope.organization, scope.since.isoformat(), scope.until.isoformat(), *_site(scope)]
    return _rows(f"{_HOURS} {_HELD_AT_SITE if scope.site else ''} GROUP BY a.local_day", values)


def minutes_by_person(scope: Scope, *, least: int) -> dict[tuple[int, int], int]:
    """Minutes attended by patient and week of the scope, where they are at least so many."""
    values: list[Any] = []
    for week, monday in enumerate(scope.mondays):
        values += [week, scope.organization, monday.isoformat(), (monday + WEEK).isoformat(), least]
    rows = _rows(" UNION ALL ".join([_PEOPLE] * scope.weeks), values)
    return {(patient, week): minutes for week, patient, minutes in rows}


def measures_by_week(scope: Scope) -> list[tuple[int, int, int]]:
    """(week, measures answered before it ended, measures that fell due in it)."""
    values: list[Any] = []
    for week, monday in enumerate(scope.mondays):
        ends = connection.ops.adapt_datetimefield_value(scope.midnight(monday + WEEK))
        days = [monday.isoformat(), (monday + WEEK).isoformat()]
        values += [week, ends, scope.organization, *days, *_site(scope)]
    part = f"{_MEASURES} {_ASKED_AT_SITE if scope.site else ''}"
    return _rows(" UNION ALL ".join([part] * scope.weeks), values)


def _site(scope: Scope) -> list[int]:
    return [scope.site] if scope.site else []


def _rows(sql: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
