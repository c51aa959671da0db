"""Letters that are ready: for everyone whom a consent names, with the words they would have."""
