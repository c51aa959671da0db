"""My week, my own times, can't come, the way there, my calendar; and for staff what people ask to change."""
