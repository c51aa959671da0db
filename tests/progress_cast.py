"""Someone whose weeks in the program tell a story: measures fall, sessions are kept, a plan is in force."""

from datetime import date, timedelta
from uuid import UUID

from tests.cast import MONDAY, Cast, at
from tests.plan_cast import admit, attend, nine_hours, plan
from throughcare.knowledge.planning.care_plans import GoalDraft, ObjectiveDraft, PlanDraft
from throughcare.pathway.measure.measure import record_measure
from throughcare.records.episodes import Episode

TODAY = MONDAY + timedelta(days=42)
NOW = at(10, day=TODAY)
# Answers that come to these PHQ-9 totals.
PHQ = {
    18: (2, 2, 2, 2, 2, 2, 2, 2, 2),
    13: (2, 2, 2, 2, 1, 1, 1, 1, 1),
    9: (1, 1, 1, 1, 1, 1, 1, 1, 1),
    8: (1, 1, 1, 1, 1, 1, 1, 1, 0),
}
ALL_NO = (0, 0, None, None, None, 0, None)
A_PLAN = (1, 1, 1, 1, 1, 0, None)


def patient_uid(episode: UUID) -> UUID:
    """The patient of an episode."""
    return Episode.objects.get(uid=episode).patient.uid


def answer(cast: Cast, episode: UUID, code: str, answers: tuple[int | None, ...], *, day: date) -> None:
    """A questionnaire answered at noon of a day (at 9:30 when that is today)."""
    hour, minute = (9, 30) if day == TODAY else (12, 0)
    record_measure(
        patient_uid(episode), code, answers, mode="self", by=cast.clinician, at=at(hour, minute, day=day)
    )


def phq(cast: Cast, episode: UUID, total: int, *, day: date) -> None:
    """A PHQ-9 with this total."""
    answer(cast, episode, "phq-9", PHQ[total], day=day)


def with_relapse_plan() -> PlanDraft:
    """The nine-hour plan with an objective that is a relapse-prevention plan."""
    draft = nine_hours()
    problem = draft.problems[0]
    goal = GoalDraft(
        "I want to know what to do when it gets hard.",
        (
            ObjectiveDraft(
                "I write my warning signs and a relapse plan of 3 steps.",
                "own-count",
                3,
                date(2026, 4, 30),
            ),
        ),
    )
    from dataclasses import replace

    return replace(draft, problems=(replace(problem, goals=(*problem.goals, goal)),))


def six_good_weeks(cast: Cast, *, given: str = "Ana", family: str = "Flores", missed: int = 0) -> UUID:
    """An episode of six weeks: three sessions a week, PHQ-9 from 18 to 8, a safe screener; its public id."""
    episode = admit(cast, given=given, family=family)
    plan(cast, episode, draft=with_relapse_plan())
    phq(cast, episode, 18, day=MONDAY)
    days = [MONDAY + timedelta(days=7 * week + n) for week in range(6) for n in (0, 2, 3)]
    for number, day in enumerate(days):
        attend(cast, episode, day, status="no_show" if number >= len(days) - missed else "present")
    phq(cast, episode, 13, day=MONDAY + timedelta(days=21))
    phq(cast, episode, 8, day=TODAY - timedelta(days=4))
    answer(cast, episode, "c-ssrs-screener", ALL_NO, day=TODAY - timedelta(days=4))
    return episode
