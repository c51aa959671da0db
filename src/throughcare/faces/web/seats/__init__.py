"""Hours and seats: one's own week and make-ups, weeks that fall short, lines for what is full."""
