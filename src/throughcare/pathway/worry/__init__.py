"""Worries that somebody outside tells: kept without looking anyone up, and looked into by staff."""
