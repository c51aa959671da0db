"""The clinic's set-up: first run, sites, rooms, staff, settings, holidays."""
