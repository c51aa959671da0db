"""Medications on the chart, as a worklist, on paper, and on one's own page."""
