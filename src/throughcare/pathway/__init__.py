"""What the program does, in the order in which a person lives it: one verb on one noun per function."""
