"""Aftercare: people who left are asked how they are, called when they slip or fall silent, and counted as outcomes."""
