"""Care plans, their lines, their signatures, their reviews, and what falls due."""
