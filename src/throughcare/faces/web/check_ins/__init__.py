"""Before and after a session: check-in, the room's code, joining by video, check-out and the climate."""
