"""The care plan: read, written line by line, signed, reviewed."""
