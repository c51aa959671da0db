"""Medications: on the chart, as a worklist of what is due, on paper for an emergency, and on the person's own page."""
