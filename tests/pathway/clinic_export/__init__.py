"""The whole clinic in a folder."""
