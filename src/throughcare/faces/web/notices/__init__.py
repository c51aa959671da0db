"""Notices to the privacy officer."""
