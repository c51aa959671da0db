"""Make-ups: what would save a week that falls short, offered and taken."""
