"""The crisis desk: raised by whoever sees it, paged until a person has it, closed by a person when all is done."""
