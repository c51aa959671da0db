"""Data of earlier versions, and the way from there to here."""
