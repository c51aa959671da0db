"""Draws the files of somebody's whole record: the PDF to read, and FHIR R4 for another program."""
