"""How the clinic is set up, and what anyone may know of it."""
