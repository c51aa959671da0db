"""Every model, so that Django finds them. In order: a key points only to an earlier subject."""

from throughcare.records import (
    accesses,
    assessments,
    attendance,
    care_plans,
    discharges,
    episodes,
    measures,
    notes,
    organizations,
    people,
    placements,
    referrals,
    sessions,
    timetables,
)

SUBJECTS = (
    organizations,
    people,
    referrals,
    assessments,
    measures,
    placements,
    episodes,
    care_plans,
    timetables,
    sessions,
    attendance,
    notes,
    discharges,
    accesses,
)
