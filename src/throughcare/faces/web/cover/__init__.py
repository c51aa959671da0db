"""Pages of cover: someone who leads sessions is away."""
