"""What a crisis asks of the program: who is paged when, what is written down, and when it may be closed."""
