"""Measures: asked for, answered, scored, corrected, and when a risk tool is due."""
