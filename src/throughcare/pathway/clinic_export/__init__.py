"""The whole clinic in a folder: asked for by one, allowed by another, written in the open, read in again, equal."""
