"""Questionnaires one question at a time: on a person's own pages, by link, at a kiosk, and read aloud by staff."""
