"""What somebody needs on one page at two in the morning about a person in a crisis."""
