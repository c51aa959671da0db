"""Attendance: who came, how it is known, and the roster at the door."""
