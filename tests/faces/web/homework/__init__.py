"""Homework on the chart and on one's own page."""
