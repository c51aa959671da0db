"""Draws what people and other programs read in an export of a whole clinic: charts and FHIR R4."""
