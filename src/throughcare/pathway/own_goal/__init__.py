"""A person's own side of their plan: goals they set, next steps, how far they are, and how they are doing."""
