"""Every speed claim in the README is a command here."""
