"""Downtime: the packets, the words that open them, and what is told of afterwards."""
