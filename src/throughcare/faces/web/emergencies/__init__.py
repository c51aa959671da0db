"""Emergencies: a guarded record opened with a reason, someone outside told, and the review of both."""
