"""PostgreSQL as this program asks it: whoever waits behind a page is told within seconds that it does not answer.

A server that is stopped and not dead still takes connections and acknowledges every packet: neither its own time limits
nor those of the network end that, so the limit has to be kept on this side.
"""

from django.conf import settings

_people_wait = False


def people_wait() -> None:
    """From now on this process waits for the database as long as a page may, not as long as work on its own."""
    global _people_wait
    _people_wait = True


def do_people_wait() -> bool:
    """Whether somebody waits for what this process asks."""
    return _people_wait


def patience() -> float:
    """The seconds that one question to the database may take here."""
    return float(settings.DATABASE_PAGE_SECONDS if _people_wait else settings.DATABASE_WORK_SECONDS)
