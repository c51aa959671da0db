"""Text messages that come in: a person is told, nothing else is done."""
