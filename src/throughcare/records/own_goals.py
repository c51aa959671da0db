"""Goals that a person sets for themself, the next steps they choose, and what they say of a goal as time goes."""

from django.db import models

from throughcare.records.fact import Fact, Narrative
from throughcare.records.people import Patient


class OwnGoal(Fact):
    """Something the person wants, in their own words. It is let go, or taken up as a goal of their care plan.

    `area` is a part of life: work, learning, home and so on. `plan_thread` is the thread of the plan's goal.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="own_goals")
    area = models.CharField(max_length=20)
    own_words = Narrative()
    let_go_at = models.DateTimeField(null=True, blank=True)
    taken_up_at = models.DateTimeField(null=True, blank=True)
    plan_thread = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taken_up_at__isnull=True, plan_thread__isnull=True)
                | models.Q(taken_up_at__isnull=False, plan_thread__isnull=False),
                name="a_goal_taken_up_names_the_plans_goal",
            )
        ]
        indexes = [models.Index(fields=["organization", "patient"], name="own_goal_of_patient")]


class NextStep(Fact):
    """What the person does next for a goal. `goal` is the thread of a plan's goal, or the id of one of their own."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="next_steps")
    goal = models.UUIDField()
    words = Narrative()
    by_date = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    let_go_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True) | models.Q(let_go_at__isnull=True),
                name="a_step_is_done_or_let_go",
            )
        ]
        indexes = [models.Index(fields=["organization", "patient", "goal"], name="next_step_of_goal")]


class GoalWord(Fact):
    """How far the person says they are with a goal (0 to 10), and their words. The newest row counts."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="goal_words")
    goal = models.UUIDField()
    how_far = models.PositiveSmallIntegerField()
    words = Narrative(blank=True)
    local_day = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(how_far__lte=10), name="how_far_is_0_to_10")]
        indexes = [models.Index(fields=["organization", "patient", "goal"], name="words_of_goal")]
