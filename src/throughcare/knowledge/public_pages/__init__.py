"""What a stranger may read before the first call: the program's pages in our words, until staff write their own."""
