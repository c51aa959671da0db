"""What a session is about: curricula, topics, and what a facilitator prepares."""
