"""Cover: someone who leads sessions is away; each session is taken over, moved or canceled, and everyone is told."""
