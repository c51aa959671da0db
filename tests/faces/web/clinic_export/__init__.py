"""Exports of the whole clinic in the browser's words."""
