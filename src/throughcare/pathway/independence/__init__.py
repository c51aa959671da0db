"""Step by step to independence: the path that a person sees, and the page that goes with them when they leave."""
