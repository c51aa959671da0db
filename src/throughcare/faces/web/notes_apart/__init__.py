"""Notes kept apart, as their author sees them."""
