"""Messages between a person, or somebody they let in, and the care team."""
