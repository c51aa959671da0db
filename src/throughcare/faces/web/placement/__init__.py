"""Placement: what the facts indicate, and where a licensed clinician places the person."""
