"""Downtime: what is on paper while the program is away, who opened it, and what is entered afterwards."""
