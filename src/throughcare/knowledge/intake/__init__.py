"""The intake: what is asked of a person before a place is decided, as data; one file per part of it."""
