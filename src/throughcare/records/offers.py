"""Make-ups offered to someone who missed hours, and what people are told of seats: each once."""

from django.db import models

from throughcare.records.attendance import Attendance
from throughcare.records.episodes import Episode
from throughcare.records.fact import Fact
from throughcare.records.people import Account, Patient, Practitioner
from throughcare.records.sessions import Session
from throughcare.records.timetables import Group


class MakeUpOffer(Fact):
    """The sessions that would save a week are offered: after a miss (`attendance`), or by someone of the staff.

    Which sessions these are is found when they are looked at, so that an offer never outlives its seat.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="make_up_offers")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="make_up_offers")
    attendance = models.OneToOneField(
        Attendance, on_delete=models.PROTECT, null=True, blank=True, related_name="make_up_offer"
    )
    local_day = models.DateField(help_text="A day of the week that falls short")
    told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # `taken`, `declined`, `withdrawn`, `over`
    how = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organization", "patient", "local_day"],
                condition=models.Q(ended_at__isnull=True),
                name="make_ups_offered",
            )
        ]


class SeatNotice(Fact):
    """What a person, or with `practitioner` one of the staff, is told about the person's seat or place: once."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="seat_notices")
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="seat_notices"
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_date = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    told_how = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organization", "account"],
                condition=models.Q(told_at__isnull=True),
                name="seat_notices_to_read",
            ),
            models.Index(fields=["organization", "patient"], name="seat_notices_of_patient"),
        ]
