"""Messages: put down in the fact's own transaction, claimed, sent, received, parked."""
