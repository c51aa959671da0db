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
    """The next visit after discharge. `kept` is null until somebody finds out."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="aftercare")
    with_whom = PrivateText(max_length=200)
    phone = PrivateText(max_length=40, blank=True)
    visit_at = models.DateTimeField()
    kept = models.BooleanField(null=True, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
