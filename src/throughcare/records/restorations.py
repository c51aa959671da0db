"""A database that was put back from a backup, and the moment from which it may send again."""

from django.db import models

from throughcare.records.fact import PrivateText


class Restoration(models.Model):
    """This database came out of a backup: it sends nothing until somebody arms it."""

    snapshot = models.PositiveBigIntegerField(help_text="The number of the backup in its place")
    taken_at = models.DateTimeField(help_text="As of when the records are")
    restored_at = models.DateTimeField()


class Arming(models.Model):
    """An operator looked at a restored database and lets it send; what had waited in the backup is set aside."""

    restoration = models.OneToOneField(Restoration, on_delete=models.PROTECT, related_name="arming")
    operator = PrivateText(max_length=120)
    set_aside = models.PositiveIntegerField(default=0, help_text="Messages of the backup that were not sent")
    armed_at = models.DateTimeField()
