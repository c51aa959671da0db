"""Without a connection: what a person's own phone keeps, what is sent later, and how to leave a page quickly."""
