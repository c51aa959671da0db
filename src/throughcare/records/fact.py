"""The shape that every record shares: whose it is, who said so, and when."""

import uuid

from django.db import models

from throughcare.records.sealed import Narrative, PrivateBytes, PrivateJSON, PrivateText

__all__ = ["Fact", "Narrative", "PrivateBytes", "PrivateJSON", "PrivateText"]


class Fact(models.Model):
    """A row that says what happened. Rows are appended; a moment column (`…_at`) is written once, when it comes.

    `recorded_by` is null when the person themself said it (a public form, an intake link) or the program did.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey("records.Organization", on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(
        "records.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
