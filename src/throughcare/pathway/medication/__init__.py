"""Medications: the list and how it changed, doses, reconciliation, dues, naloxone, and what doesn't go together."""
