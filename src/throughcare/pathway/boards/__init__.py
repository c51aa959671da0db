"""Everyone at a glance, one person's whole way, and the program's numbers."""
