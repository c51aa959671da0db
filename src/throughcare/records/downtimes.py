"""Downtime: the words that open a packet on paper, and who opened one."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateText
from throughcare.records.organizations import Site


class PacketWords(Fact):
    """The words that open the downtime packets of an organization; the newest row counts."""

    words = PrivateText(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["organization", "recorded_at"], name="packet_words_by_time")]


class PacketOpening(Fact):
    """A packet was opened while the program was away: by whom, when and why, as it is told afterwards."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = PrivateText(max_length=200)
    words = Narrative()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opened_at__lte=models.F("recorded_at")),
                name="a_packet_is_told_of_after_it_was_opened",
            )
        ]
        indexes = [models.Index(fields=["organization", "opened_at"], name="packet_openings_by_time")]
