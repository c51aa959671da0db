"""Drug and alcohol tests: analytes and windows, substances, validity, what a result means, the draw, the door."""
