"""Forms that were written without a connection and arrive later: sealed to their writer, on the day they were said."""
