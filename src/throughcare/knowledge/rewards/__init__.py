"""Contingency management: what a test earns, the bowl of slips, caps, and what may be handed over."""
