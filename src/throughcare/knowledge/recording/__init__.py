"""What one tap of attendance means, and what a note must hold before it is signed."""
