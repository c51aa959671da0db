"""How people want to be told that something waits: their choice, and when it lets a message leave."""
