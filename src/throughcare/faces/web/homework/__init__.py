"""Homework and skills: on the chart, and on the patient's own page."""
