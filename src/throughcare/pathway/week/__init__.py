"""The week: groups, seats, one-to-ones, what people's own lives ask, make-up sessions."""
