"""Who is on call: turns that go round for ever, swaps, and what one tells the next."""

from django.db import models

from throughcare.records.fact import Fact, Narrative
from throughcare.records.organizations import Site
from throughcare.records.people import Account


class OnCallRota(Fact):
    """Turns at one site from a moment on, without an end; the next rota begins where this one stops counting.

    A turn lasts `turn_days` and changes over when clocks at the site show `changes_at`.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rotas")
    first_day = models.DateField()
    changes_at = models.TimeField()
    turn_days = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(turn_days__gte=1) & models.Q(turn_days__lte=28), name="turn_of_some_days"
            )
        ]
        indexes = [models.Index(fields=["organization", "site", "starts_at"], name="rota_in_force")]


class OnCallTurn(Fact):
    """One person's place in a rota's round, as primary or as backup."""

    rota = models.ForeignKey(OnCallRota, on_delete=models.PROTECT, related_name="turns")
    line = models.CharField(max_length=10, help_text="primary or backup")
    place = models.PositiveSmallIntegerField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rota", "line", "place"], name="one_person_per_place_in_a_rota")
        ]


class OnCallSwap(Fact):
    """Somebody takes a stretch of another's time; of two over the same moment the later one counts."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="on_call_swaps")
    line = models.CharField(max_length=10)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = Narrative(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="swap_ends_after_it_starts"
            )
        ]
        indexes = [models.Index(fields=["organization", "site", "ends_at"], name="swap_in_force")]


class HandoverNote(Fact):
    """What whoever was on call tells the next."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="handover_notes")
    words = Narrative()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["organization", "site", "recorded_at"], name="handover_of_site")]
