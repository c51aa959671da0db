"""A session prepared: the page before it, and the sheet of a day."""
