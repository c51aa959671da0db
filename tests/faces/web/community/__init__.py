"""Pages of the community and of people let in."""
