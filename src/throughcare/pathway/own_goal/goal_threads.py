"""Which goals are a person's: those of their care plans by thread, and their own by id."""

from uuid import UUID

from throughcare.records.care_plans import Goal
from throughcare.records.own_goals import OwnGoal
from throughcare.records.people import Patient


def is_theirs(person: Patient, goal: UUID) -> bool:
    """Whether this names a goal of a signed plan of theirs, or one they set and didn't let go."""
    if OwnGoal.objects.filter(patient=person, uid=goal, let_go_at__isnull=True).exists():
        return True
    plans = Goal.objects.filter(thread=goal, problem__version__episode__patient=person)
    return plans.filter(problem__version__in_force_at__isnull=False).exists()
