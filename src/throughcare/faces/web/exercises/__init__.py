"""Guided exercises: read and done on the phone, also without a connection; what is written is kept as practice."""
