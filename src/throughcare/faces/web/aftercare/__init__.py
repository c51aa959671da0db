"""Aftercare: a person's own page and link, the calls that staff make, and what came of it all."""
