"""Level-of-care watch: what the rules of a step say of each stay, kept when it changes, and seats held ahead."""

from django.db import models

from throughcare.records.episodes import Episode, Stay
from throughcare.records.fact import Fact, PrivateJSON, PrivateText
from throughcare.records.timetables import Group


class LevelFinding(Fact):
    """What is met, unmet and not known of both steps of a stay. A row is replaced only when that changes.

    `open_step`: down, up or empty. `standing` pairs each criterion with where it stands and since which day; `said`
    has the sentences as they read when it changed.
    """

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="level_findings")
    open_step = models.CharField(max_length=10, blank=True)
    open_since = models.DateField(null=True, blank=True)
    standing = models.JSONField()
    said = PrivateJSON()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stay"],
                condition=models.Q(retired_at__isnull=True),
                name="one_level_finding_stands",
            )
        ]
        indexes = [
            models.Index(
                fields=["organization", "stay"],
                condition=models.Q(retired_at__isnull=True),
                name="level_finding_standing",
            )
        ]


class LevelHold(Fact):
    """A seat kept at the next level until a day. `how` it ended: taken, given_back or lapsed.

    In a group of this program it counts as a taken place; elsewhere `place` says where and with whom.
    """

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="level_holds")
    level = models.CharField(max_length=40)
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="level_holds"
    )
    place = PrivateText(max_length=200, blank=True)
    until_date = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=models.Q(ended_at__isnull=True), name="one_level_hold_a_person"
            ),
            models.CheckConstraint(
                condition=models.Q(group__isnull=False) | ~models.Q(place=""),
                name="a_level_hold_is_somewhere",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "until_date"],
                condition=models.Q(ended_at__isnull=True),
                name="level_hold_open",
            )
        ]
