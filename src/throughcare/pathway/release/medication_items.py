"""Medications, allergies, and when the list was last gone through."""

from throughcare.pathway.medication.listing import list_of_opened
from throughcare.pathway.privacy.telling import Item
from throughcare.pathway.release.whose import Items, Whose, say_date


def medications(whose: Whose) -> Items:
    """The list in force, one medication an item, then the allergies."""
    found = list_of_opened(whose.patient, on=whose.today, at=whose.as_of)
    for row in found.rows:
        yield Item("medication", row.name, row.since, (row.words, *row.warnings))
    if found.allergies:
        yield Item("medication", "Allergies", None, tuple(one.words for one in found.allergies))
    elif found.no_known_allergies:
        yield Item("medication", "Allergies", None, ("No known allergies",))
    if found.reconciled_date:
        words = (f"The list was last gone through with them on {say_date(found.reconciled_date)}.",)
        yield Item("medication", "Reconciliation", found.reconciled_date, words)
