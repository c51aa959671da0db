"""Slip risk over the records."""
