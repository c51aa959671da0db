"""Tests that tell the clinic's day."""
