"""Papers from courts, lawyers and police: entered, read, decided by two people, answered."""
