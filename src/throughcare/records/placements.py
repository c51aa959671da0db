"""Placements: what the facts indicate, and where the clinician places the person."""

from django.db import models

from throughcare.records.assessments import Assessment
from throughcare.records.fact import Fact, Narrative, PrivateJSON
from throughcare.records.people import Practitioner


class PlacementDecision(Fact):
    """Indicated and placed, side by side; an override carries a code and a text."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="placements")
    facts = PrivateJSON()
    indicated = models.CharField(max_length=40, blank=True)
    stop = models.BooleanField()
    held = models.BooleanField()
    reasons = PrivateJSON()
    also = PrivateJSON(default=list)
    missing_facts = PrivateJSON(default=list)
    contraindications = PrivateJSON(default=list)
    alternatives = PrivateJSON(default=list)
    rule_version = models.CharField(max_length=40)
    placed = models.CharField(max_length=40)
    override_code = models.CharField(max_length=40, blank=True)
    override_text = Narrative(blank=True)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    credential = models.CharField(max_length=20)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(placed=models.F("indicated"))
                | (~models.Q(override_code="") & ~models.Q(override_text="")),
                name="placing_elsewhere_needs_a_code_and_a_text",
            )
        ]
