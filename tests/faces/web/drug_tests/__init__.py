"""Pages of tests and rewards."""
