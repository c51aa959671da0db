"""What someone close was shown on their page, in the disclosure book: one row a person and day, not one a click."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import day_bounds
from throughcare.pathway.actor import Actor, the_program
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy.consents_kept import hold_consents
from throughcare.pathway.privacy.desk import find_patient
from throughcare.pathway.privacy.disclosure import tell_now
from throughcare.pathway.privacy.telling import Item, Telling, To, items_of, weigh_items
from throughcare.pathway.release.items import whose_record
from throughcare.records.disclosures import Disclosure

METHOD, PURPOSE = "page", "family_involvement"


@transaction.atomic
def show_to_family(
    patient: UUID, related: UUID, name: str, items: Sequence[Item], *, by: Actor, at: datetime
) -> UUID:
    """Write that `related` is shown these items today; its row. Raises `Cannot` when they no longer may be.

    Weighed at every click, behind the patient's lock. Once all of it stands in a row of the same day, no second one
    is written; what they see for the first time that day is.
    """
    found = find_patient(patient, by=by)
    hold_consents(found.pk)
    telling = Telling(To("family", name, related_person=related), PURPOSE, METHOD, tuple(items))
    for _, verdict in weigh_items(found.pk, telling, at=at):
        if not verdict:
            raise Cannot(verdict.because)
    whose = whose_record(found, as_of=at)
    begins, ends = day_bounds(whose.today, whose.zone)
    today = Disclosure.objects.filter(
        patient=found,
        related_person__uid=related,
        method=METHOD,
        sent_at__gte=begins,
        sent_at__lt=ends,
    )
    shown: set[Item] = set()
    for row in today.order_by("pk"):
        shown |= set(items_of(row))
        if shown >= set(items):
            return row.uid
    return tell_now(patient, telling, by=the_program(by.organization), at=at)
