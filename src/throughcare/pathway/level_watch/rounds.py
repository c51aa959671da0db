"""What the worker does for the level-of-care watch: everyone is looked at, and holds end on their day."""

from datetime import datetime

from throughcare.pathway.level_watch.findings import watch_levels
from throughcare.pathway.level_watch.holds import end_holds


def keep_level_watch(*, at: datetime) -> str:
    """Look at everyone in care, then end the holds that have come to their end; in words."""
    return f"{watch_levels(at=at)}; {end_holds(at=at)}"
