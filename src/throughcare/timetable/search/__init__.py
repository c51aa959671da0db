"""How a week is found: tables of a problem, a week that changes, exact parts of it, and what bounds it."""
