"""Groups: opened, changed, led, joined and left."""
