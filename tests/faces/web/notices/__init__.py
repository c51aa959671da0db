"""Notices as officers read them."""
