"""A plan becomes the week: what it changes, shown first, done once, told to everyone it touches."""
