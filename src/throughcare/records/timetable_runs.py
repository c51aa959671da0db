"""A solved week's life: the asking, each process's turn at it, the plans, the publication, and who is told of it."""

from django.db import models

from throughcare.records.fact import Fact, PrivateJSON, PrivateText
from throughcare.records.organizations import Site
from throughcare.records.people import Account, Patient, Practitioner
from throughcare.records.week_changes import WeekChange


class TimetableRun(Fact):
    """Someone asks for a week to be solved. The problem holds public ids and no names; it is sealed all the same."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="timetable_runs")
    monday = models.DateField()
    kind = models.CharField(max_length=20)
    title = PrivateText(max_length=300)
    asked = PrivateJSON(null=True, blank=True)
    problem = PrivateJSON()
    # Which group, offer and room is behind each name in the problem.
    meaning = PrivateJSON(default=dict)
    people = models.PositiveIntegerField()
    hours = models.FloatField(help_text="Prescribed, of everyone together")
    seconds = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True, help_text="Since when it waits for a worker")
    stop_asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organization", "site", "monday"], name="timetable_run_by_week"),
            models.Index(fields=["due_at"], name="timetable_run_due"),
        ]


class RunTurn(Fact):
    """One process at work on a run. `alive_at` moves while it lives; how it ended is written once, when it ends."""

    run = models.ForeignKey(TimetableRun, on_delete=models.PROTECT, related_name="turns")
    number = models.PositiveSmallIntegerField()
    alive_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=20, blank=True)
    because = PrivateText(max_length=300, blank=True)
    answer = PrivateJSON(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="a_turn_has_a_number"),
            models.UniqueConstraint(
                fields=["run"], condition=models.Q(ended_at__isnull=True), name="one_turn_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, how="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(how="")),
                name="a_turn_ends_somehow",
            ),
        ]


class RunStep(Fact):
    """How good the best week was at a moment of a turn."""

    turn = models.ForeignKey(RunTurn, on_delete=models.PROTECT, related_name="steps")
    seconds = models.FloatField()
    cost = models.FloatField()
    unmet_hours = models.FloatField()
    below = models.PositiveIntegerField()
    bound = models.FloatField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["turn", "seconds"], name="run_step_by_time")]


class TimetablePlan(Fact):
    """A week that could be: the best of a run so far (its row is written over until the turn ends), or a changed copy.

    `number` counts the plans of a site's week. The counts are what the check said when it was kept.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="timetable_plans")
    monday = models.DateField()
    number = models.PositiveSmallIntegerField()
    run = models.ForeignKey(TimetableRun, on_delete=models.PROTECT, related_name="plans")
    turn = models.OneToOneField(RunTurn, on_delete=models.PROTECT, null=True, blank=True, related_name="plan")
    changed_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="changed"
    )
    words = PrivateText(max_length=300, blank=True)
    plan = PrivateJSON()
    cost = models.FloatField()
    unmet_hours = models.FloatField()
    below = models.PositiveIntegerField()
    broken = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "monday", "number"], name="a_plan_has_a_number"),
            models.CheckConstraint(
                condition=models.Q(turn__isnull=True) | models.Q(changed_from__isnull=True),
                name="a_plan_is_solved_or_changed",
            ),
        ]


class Publication(Fact):
    """A plan became the week of a site. `before` is the week as it was, so that everyone can see what changed."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    plan = models.ForeignKey(TimetablePlan, on_delete=models.PROTECT, related_name="publications")
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True, help_text="Set where only some days changed")
    before = PrivateJSON()
    because = PrivateText(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "number"], name="a_publication_has_a_number")]


class WeekNotice(Fact):
    """What one person, or one of the staff, is told once: of a publication, or of single sessions that changed.

    `told_how` is `page` or `spoken`.
    """

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, null=True, blank=True, related_name="notices"
    )
    change = models.ForeignKey(
        WeekChange, on_delete=models.PROTECT, null=True, blank=True, related_name="notices"
    )
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="week_notices"
    )
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="week_notices"
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lines = PrivateJSON()
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    told_how = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "patient"], name="a_person_is_told_once"),
            models.UniqueConstraint(fields=["publication", "practitioner"], name="staff_are_told_once"),
            models.UniqueConstraint(fields=["change", "patient"], name="a_person_is_told_once_of_a_change"),
            models.UniqueConstraint(
                fields=["change", "practitioner"], name="staff_are_told_once_of_a_change"
            ),
            models.CheckConstraint(
                condition=models.Q(publication__isnull=True, change__isnull=False)
                | models.Q(publication__isnull=False, change__isnull=True),
                name="a_week_notice_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(patient__isnull=True, practitioner__isnull=False)
                | models.Q(patient__isnull=False, practitioner__isnull=True),
                name="a_week_notice_is_for_one",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "account", "told_at"], name="week_notice_by_account"),
            models.Index(fields=["organization", "patient"], name="week_notice_by_patient"),
        ]
