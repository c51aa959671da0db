"""Medications that people in an intensive outpatient program take: what each is, and what is due because of it."""
