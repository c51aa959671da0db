"""Reading the book of accesses: the program's, one patient's, one's own."""
