"""Letters in a few clicks: choose, read exactly what leaves, send."""
