"""Rewards: a person's plan, ledger, slips and receipts; the organization's year; the person's own page."""
