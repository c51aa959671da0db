"""Boards: the census, a patient's story, the director's numbers."""
