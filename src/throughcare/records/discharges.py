"""Discharges and the appointment that carries a person on."""

from django.db import models

from throughcare.records.episodes import Episode
from throughcare.records.fact import Fact, Narrative, PrivateJSON, PrivateText
from throughcare.records.people import Practitioner


class Discharge(Fact):
    """The end of an episode. `summary` is the document's content as it was signed."""

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="discharge")
    discharged_at = models.DateTimeField()
    reason = models.CharField(max_length=30)
    text = Narrative(blank=True)
    next_place = PrivateText(max_length=200, blank=True)
    summary = PrivateJSON()
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    credential = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["organization", "discharged_at"], name="discharge_by_day")]


class AftercareAppointment(Fact):
    """The next visit after discharge."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="aftercare")
    with_whom = PrivateText(max_length=200)
    phone = PrivateText(max_length=40, blank=True)
    visit_at = models.DateTimeField()


class AftercareOutcome(Fact):
    """Whether a visit was kept, as somebody found out; the newest counts, a correction names the one before."""

    visit = models.ForeignKey(AftercareAppointment, on_delete=models.PROTECT, related_name="outcomes")
    kept = models.BooleanField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=models.Q(corrects__isnull=True), name="a_visit_is_found_out_once"
            )
        ]
