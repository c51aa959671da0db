"""FHIR R4, one file per resource."""
