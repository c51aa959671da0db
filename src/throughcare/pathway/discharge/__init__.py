"""The end of an episode, its summary, and the visit after."""
