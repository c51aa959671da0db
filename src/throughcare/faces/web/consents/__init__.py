"""Consents, as staff prepare, explain, witness and end them."""
