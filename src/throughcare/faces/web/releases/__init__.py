"""Release of information: the lens, packets and letters, the disclosure book, the accounting."""
