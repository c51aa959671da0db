"""Letters in a few clicks."""
