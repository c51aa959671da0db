"""A person's own week: what it holds, saying that they can't come, changing their own times, and their calendar."""
