"""Messages with the care team: a person's own, those of whoever is near to them, and the team's inbox."""
