"""Rewards: a plan begins, each test earns its line of the ledger, slips are drawn, and receipts are signed."""
