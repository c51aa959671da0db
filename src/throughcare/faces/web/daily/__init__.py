"""The daily check-in: half a minute of questions that the person chose, and what waits for them beside it."""
