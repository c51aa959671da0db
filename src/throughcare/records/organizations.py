"""Organizations, their sites, and the numbers they set for themselves."""

import uuid

from django.db import models

from throughcare.records.fact import Fact


class Organization(models.Model):
    """Who runs the program. Every record belongs to one; nothing crosses from one to another."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    neutral_name = models.CharField(max_length=60, help_text="What messages are signed with")
    phone = models.CharField(max_length=30, blank=True)
    founded_at = models.DateTimeField()


class Site(Fact):
    """A place where the program is held, with the time zone that its clocks show."""

    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    state = models.CharField(
        max_length=2, blank=True, help_text="Postal code of the state whose law counts here"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="one_site_per_name")]


class SettingChange(Fact):
    """A number that the organization set differently; the newest one in effect counts."""

    key = models.CharField(max_length=80)
    value = models.JSONField()
    effective_date = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["organization", "key", "effective_date"], name="setting_in_effect")]


class Holiday(Fact):
    """A day on which a site (or, without one, every site) holds no sessions and no clock of business days runs."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True)
    day = models.DateField()
    name = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["organization", "day"], name="holiday_by_day")]
