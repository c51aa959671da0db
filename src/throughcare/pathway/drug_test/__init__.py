"""Drug and alcohol tests: drawn or ordered, collected or not, read with what is known, at the door and in the draw."""
