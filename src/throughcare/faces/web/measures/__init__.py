"""Measures: questionnaires answered for a patient, listed with what they came to."""
