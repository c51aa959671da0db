"""The crisis desk, help for the person and their family, and who is on call."""
