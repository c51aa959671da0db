"""Emergencies and guards in the browser's words."""
