"""Slip risk: the model, and what is counted for it."""
