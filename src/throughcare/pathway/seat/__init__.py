"""Seats: what holds people's time, what fits into a week, who has which seat and how they hear of it."""
