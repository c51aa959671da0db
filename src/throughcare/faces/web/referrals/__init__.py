"""Referrals: the pipeline, one referral's page, taking in, a person's details, duplicates, search."""
