"""Daily check-ins: a person chooses the questions, says how a day was, and what it tells others."""
