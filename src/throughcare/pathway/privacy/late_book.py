"""A page's row for the book of accesses that can't be written now: kept sealed on disk, and written once it can be.

For the few pages that must answer while nothing can be written, such as the safety plan. A kept row is on the disk
before the page leaves; it is written at least once: after a crash between the two a row may stand twice.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from throughcare.keys import CannotOpen
from throughcare.pathway import kept_files
from throughcare.pathway.actor import Asked, Page
from throughcare.pathway.privacy.book import append

FOLDER = "late-accesses"
PLACE = "late access"
WAITS_MS = 250  # how long such a page waits for its turn to write
STALE_SECONDS = 60
log = logging.getLogger("throughcare.late_book")


def write_page_or_keep(page: Page, *, organization: int) -> None:
    """Write what a page asked in the book, or keep it on disk; what was kept before is written along."""
    asked, page.asked = page.asked, []
    if not asked:
        return
    try:
        with _short_wait():
            append(asked, page=page, organization=organization)
    except DatabaseError:
        _keep(asked, page, organization)
    else:
        try:
            write_kept()
        except (DatabaseError, OSError):
            log.warning("what was kept for the book of accesses could not be written yet")


def write_kept() -> int:
    """Write in the book what was kept on disk; how many pages. Due work, and done by every later page of its kind."""
    written = 0
    for claimed in kept_files.claimed(FOLDER, stale_seconds=STALE_SECONDS):
        try:
            kept = kept_files.read(claimed, place=PLACE)
        except (CannotOpen, ValueError):
            log.error("a row that was kept for the book of accesses can't be opened; it stays where it is")
            continue
        page = Page(kept["surface"], kept["route"])
        append([_asked(one) for one in kept["asked"]], page=page, organization=kept["organization"])
        claimed.unlink()
        written += 1
    return written


def write_kept_in_words(*, at: datetime) -> str:
    """The same for the worker's table, in a few words."""
    written = write_kept()
    return f"{written} late at {at:%H:%M}" if written else "nothing was late"


@contextmanager
def _short_wait() -> Iterator[None]:
    """Wait only a moment for other writers."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{WAITS_MS}ms"])
            yield
        return
    before = int(1000 * connection.settings_dict["OPTIONS"].get("timeout", 5))
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout={WAITS_MS}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout={before}")


def _keep(asked: list[Asked], page: Page, organization: int) -> None:
    """On the disk, name and all, before anything leaves."""
    told = {
        "organization": organization,
        "surface": page.surface,
        "route": page.route,
        "asked": [asdict(one) for one in asked],
    }
    kept_files.keep(FOLDER, told, place=PLACE)


def _asked(kept: dict[str, object]) -> Asked:
    consent = kept["consent"]
    told = {
        **kept,
        "consent": UUID(str(consent)) if consent else None,
        "patients": tuple(kept["patients"]),  # type: ignore[arg-type]  # a list of keys, as `_keep` wrote it
        "at": datetime.fromisoformat(str(kept["at"])),
    }
    return Asked(**told)  # type: ignore[arg-type]  # the fields as `asdict` named them
