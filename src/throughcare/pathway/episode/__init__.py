"""Admission: the episode of care with its stays, agreements, diagnoses and care team."""
