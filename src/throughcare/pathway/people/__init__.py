"""People: their details, finding them, two entries that are one person."""
