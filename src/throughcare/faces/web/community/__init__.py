"""Community: the calendar, my name there, milestones and mentors; and how staff look after them."""
