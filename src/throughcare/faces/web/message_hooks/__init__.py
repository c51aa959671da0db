"""What the provider of texts and calls tells us."""
