"""Warning signs: what the program must see of a person, one function each, over a frozen picture of that person."""
