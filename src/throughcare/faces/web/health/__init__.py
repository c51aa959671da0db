"""How the program is, for those who look after it: no page, and nothing about anyone."""
