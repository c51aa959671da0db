"""The parts that pages are made of: `{% load parts %}` in a template; `/parts/` shows each in each state."""
