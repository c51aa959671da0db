"""How somebody who signs in wants to be told that something waits."""

from django.db import models

from throughcare.records.fact import Fact
from throughcare.records.people import Account


class NotificationWish(Fact):
    """The way, the quiet hours and what somebody doesn't want to hear; the newest row of an account counts."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="notification_wishes")
    way = models.CharField(max_length=10)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    off = models.JSONField(default=list, help_text="Codes of what they don't want to hear of")
    links = models.JSONField(default=list, help_text="Ways by which a link to sign in may come")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_both_ends",
            )
        ]
        indexes = [
            models.Index(fields=["organization", "account", "recorded_at"], name="newest_notification_wish")
        ]
