"""The parts that pages are made of. Templates reach them with `{% load parts %}`; `/parts/` shows each in each state."""
