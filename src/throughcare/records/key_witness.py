"""The witness that an installation's keys belong to its database."""

from django.db import models

from throughcare.records.fact import PrivateText


class KeyWitness(models.Model):
    """Known words under the key for words, a known fingerprint under the key for indexes. There is one row."""

    only = models.BooleanField(default=True, unique=True)
    words = PrivateText(max_length=40)
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField()
