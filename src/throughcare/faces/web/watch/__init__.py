"""The watch list, one person's signs, what is done about them, and how often they cry wolf."""
