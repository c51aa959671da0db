"""Lines: who waits for a seat or a group, in order, and how the lines move up."""
