"""What a test means, and the draw."""
