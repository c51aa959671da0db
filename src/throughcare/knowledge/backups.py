"""How often backups are taken, how old the newest may be, and how long a restore may take (trust.md 5.2, R1)."""

from datetime import timedelta

# What the beat of a backup that was taken is called.
BACKUP = "backup"
# One that a person or a timetable of their own asked for: nobody expects the next within minutes.
BY_HAND = "backup by hand"
# A loss costs what was written since the newest backup: at most a minute. Half of it is for taking one.
MOST_LOST = timedelta(seconds=60)
EVERY = timedelta(seconds=30)
# Older than this, people are told.
TOO_OLD = timedelta(minutes=10)
RESTORED_WITHIN = timedelta(minutes=30)
# A store of objects: how long it may take to say hello and to take one pack (8 MB at 1 Mbit/s), how often it is asked,
# and after how long nobody asks again; the next turn of the lane does.
STORE_CONNECTS = timedelta(seconds=5)
STORE_REQUEST = timedelta(seconds=90)
STORE_TRIES = 4
STORE_GIVES_UP = timedelta(seconds=60)
