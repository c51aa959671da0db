"""Tasks and referrals out: the board, and what is arranged for one person."""
