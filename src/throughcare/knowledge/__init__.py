"""What the field knows: pure Python and data. No Django, no clock, no input or output."""
