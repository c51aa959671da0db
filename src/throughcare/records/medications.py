"""Medications: the list as it changed, doses, refills, allergies, reconciliations, checks, and naloxone at home."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateJSON, PrivateText
from throughcare.records.people import Patient


class Medication(Fact):
    """One medication on a person's list, as it stood from `recorded_at` on. A change is the next version of its thread.

    `code` is knowledge's, empty for one entered freely; `key` is the form's, so that a change is written once.
    `source` says who told it; `prescribed_here`: a prescriber of the program ordered it.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="medications")
    thread = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField()
    code = models.CharField(max_length=40, blank=True)
    name = PrivateText(max_length=120)
    dose = PrivateText(max_length=120, blank=True)
    route = models.CharField(max_length=12)
    schedule = models.CharField(max_length=20)
    prescriber = PrivateText(max_length=120, blank=True)
    prescribed_here = models.BooleanField(default=False)
    source = models.CharField(max_length=20)
    purpose = Narrative(blank=True)
    began_date = models.DateField(null=True, blank=True)
    stopped_date = models.DateField(null=True, blank=True)
    change = models.CharField(max_length=12, help_text="started, changed, stopped or restarted")
    because = Narrative(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "version"], name="one_version_of_a_medication"),
            models.UniqueConstraint(fields=["organization", "key"], name="a_medication_form_counts_once"),
            models.CheckConstraint(
                condition=models.Q(change="stopped", stopped_date__isnull=False)
                | (~models.Q(change="stopped") & models.Q(stopped_date__isnull=True)),
                name="a_stopped_medication_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["organization", "patient", "thread"], name="medication_of_patient")]


class Allergy(Fact):
    """An allergy or intolerance; without a substance, the person's word that they know of none."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="allergies")
    substance = PrivateText(max_length=120, blank=True)
    reaction = PrivateText(max_length=200, blank=True)
    severity = models.CharField(max_length=10, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = PrivateText(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "patient"], name="allergy_of_patient")]


class Fill(Fact):
    """Medication that a person picked up: when, and for how many days it lasts."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="fills")
    thread = models.UUIDField()
    filled_date = models.DateField()
    days_supply = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "filled_date"], name="one_fill_a_day"),
            models.CheckConstraint(condition=models.Q(days_supply__gte=1), name="a_fill_lasts_a_day"),
        ]
        indexes = [models.Index(fields=["organization", "patient", "filled_date"], name="fill_of_patient")]


class Dose(Fact):
    """What came of a medication on a day, by one informant: told by the person, or seen or given by a nurse.

    Another answer of the same informant is a new row; the row before gets `retired_at`.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="doses")
    thread = models.UUIDField()
    local_day = models.DateField()
    status = models.CharField(max_length=10, help_text="taken, missed, refused or held")
    informant = models.CharField(max_length=12)
    why = models.CharField(max_length=20, blank=True)
    words = Narrative(blank=True)
    # Of an injection: where it was given, and from which lot.
    body_site = models.CharField(max_length=20, blank=True)
    lot = PrivateText(max_length=40, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "local_day", "informant"],
                condition=models.Q(retired_at__isnull=True),
                name="one_answer_a_day_by_each_informant",
            )
        ]
        indexes = [models.Index(fields=["organization", "patient", "local_day"], name="dose_of_patient")]


class Adherence(Fact):
    """How a medication is taken on the whole, in the shape of US Core: a code, the day it was said, and by whom."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="adherence")
    thread = models.UUIDField()
    code = models.CharField(max_length=20)
    asserted_date = models.DateField()
    informant = models.CharField(max_length=12)
    words = Narrative(blank=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "patient", "thread"], name="adherence_of_patient")]


class HospitalVisit(Fact):
    """A person was in an emergency department or a hospital; what they take is asked anew afterwards."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="hospital_visits")
    kind = models.CharField(max_length=12)
    left_date = models.DateField()
    place = PrivateText(max_length=120, blank=True)
    words = Narrative(blank=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "patient", "left_date"], name="hospital_of_patient")]


class Reconciliation(Fact):
    """The whole list gone through with a person: for each medication what was decided, and from whom it is known.

    `lines` name thread, version, decision, source and prescriber; `key` is the form's.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="reconciliations")
    key = models.UUIDField()
    occasion = models.CharField(max_length=12)
    local_day = models.DateField()
    lines = PrivateJSON()
    words = Narrative(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "key"], name="a_reconciliation_counts_once")
        ]
        indexes = [
            models.Index(fields=["organization", "patient", "recorded_at"], name="reconciled_by_patient")
        ]


class PdmpCheck(Fact):
    """A state's prescription monitoring program was asked about a person: when, and what was found."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="pdmp_checks")
    checked_date = models.DateField()
    finding = models.CharField(max_length=20)
    words = Narrative(blank=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "patient", "checked_date"], name="pdmp_of_patient")]


class MedicationCheck(Fact):
    """A check that a medication asks for was done: a laboratory value, or being asked how they are."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="medication_checks")
    code = models.CharField(max_length=24)
    checked_date = models.DateField()
    value = PrivateText(max_length=80, blank=True)
    words = Narrative(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organization", "patient", "checked_date"], name="check_of_medication")
        ]


class InteractionAnswer(Fact):
    """A prescriber or nurse has seen that medications don't go together, and says what is done about it.

    `subject` names the rule with the versions it is about: after another change it is asked anew.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="interaction_answers")
    rule = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    words = Narrative()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "subject"], name="an_interaction_is_answered_once")
        ]


class NaloxoneStep(Fact):
    """Naloxone for a person or someone close: offered, declined, given, shown how, used or gone."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="naloxone")
    whom = models.CharField(max_length=10)
    name = PrivateText(max_length=120, blank=True)
    step = models.CharField(max_length=10)
    happened_date = models.DateField()
    expires_date = models.DateField(null=True, blank=True)
    words = Narrative(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_date__isnull=True) | models.Q(step="given"),
                name="what_is_given_expires",
            )
        ]
        indexes = [
            models.Index(fields=["organization", "patient", "happened_date"], name="naloxone_of_patient")
        ]
