"""Draws the downtime packets: one sealed PDF for each site."""
