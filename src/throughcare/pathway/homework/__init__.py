"""Homework and skills between sessions: given, asked about, told, and seen as a trend."""
