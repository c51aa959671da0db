"""When a record says that it was entered later: its own time stands first, and the time of writing beside it."""

from datetime import datetime, timedelta

# Whoever writes within this writes as it happens, or on the same shift. [ours]
SOON = timedelta(hours=2)


def entered_later(happened_at: datetime, recorded_at: datetime) -> bool:
    """Whether so much time lies between what happened and its writing that readers must know."""
    return recorded_at - happened_at > SOON
