"""Signing in and out, and the page that opens first."""
