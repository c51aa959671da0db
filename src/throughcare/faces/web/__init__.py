"""Pages for staff, patients, families and the public."""
