"""Backups: taken in sealed pieces, chained, verified, put back; what was put back sends nothing until it is armed."""
