"""The demo clinic's story: made-up people, seeded, told by calling what the program calls."""
