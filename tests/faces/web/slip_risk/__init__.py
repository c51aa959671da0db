"""Slip risk in the browser."""
