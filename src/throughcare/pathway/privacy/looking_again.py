"""Whoever's record is changed is due for a look by the warning signs, in the transaction of the change itself."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from throughcare.pathway.actor import Actor
from throughcare.records.signs import Nudge


def look_again(patients: Collection[int], *, by: Actor, at: datetime) -> None:
    """Let the watch look at these people (keys) anew: one statement that waits for nobody.

    Outside a transaction nothing is written: whoever only asks whether they may change something changes nothing.
    """
    if patients and connection.in_atomic_block:
        Nudge.objects.bulk_create(
            Nudge(patient_id=key, organization_id=by.organization, nudged_at=at) for key in set(patients)
        )
