"""Notes: written together, gated, signed, co-signed, added to; kept apart; deleted and brought back."""
