"""What is arranged for a person beside treatment: tasks with an owner and a day, and referrals to others."""
