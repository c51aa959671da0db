"""Check-in and check-out: what people say before and after a session, and how it was for them."""
