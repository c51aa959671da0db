"""My plan: goals in my words, what I do next, how I am doing, and whom I was referred to."""
