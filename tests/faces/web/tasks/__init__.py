"""Tasks and referrals out."""
