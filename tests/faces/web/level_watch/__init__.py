"""The level-of-care watch in the browser."""
