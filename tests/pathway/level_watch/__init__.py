"""The level-of-care watch."""
