"""Admission: from a placement to an episode, its agreements, diagnoses and care team."""
