"""What is asked of the engine: a whole week, a repair, what if; and the work that answers it."""
