"""Drug and alcohol tests: who is due, collecting, results, the door, the draw, and the person's own page."""
