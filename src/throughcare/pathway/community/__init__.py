"""Community: the clinic's calendar, replies without a roster, mentors, and milestones told on request."""
