"""The page for what went wrong on our side: it says what is known, and numbers to call stand on it.

Nothing here asks the database: it may be what is away.
"""

import errno
import logging
import sys

from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from throughcare.faces.web.away.caller import keep_if_call

AGAIN_SECONDS = 10
log = logging.getLogger("throughcare.away")


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Django's page for an error that nothing caught; a call for help is kept on disk first, whatever went wrong."""
    trouble = sys.exc_info()[1]
    try:
        is_kept = keep_if_call(request)
    except Exception:
        log.exception("a call for help could not be kept")
        is_kept = False
    if is_kept is not None:
        return answer(request, "away/kept.html" if is_kept else "away/not_kept.html", 503)
    if is_disk_full(trouble):
        return answer(request, "away/disk_full.html", 503)
    return (
        answer(request, "away/database.html", 503) if is_away(trouble) else answer(request, "500.html", 500)
    )


def answer(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page of fixed words, in the language that the browser asks for."""
    with translation.override(translation.get_language_from_request(request)):
        words = render_to_string(template)
    headers = {"Retry-After": str(AGAIN_SECONDS)} if status == 503 else None
    return HttpResponse(words, status=status, headers=headers)


def is_away(trouble: BaseException | None) -> bool:
    """Whether the database did not answer, or not in time."""
    return any(isinstance(one, (OperationalError, InterfaceError)) for one in chain(trouble))


def is_disk_full(trouble: BaseException | None) -> bool:
    """Whether there was no room to write, on this disk or on the database's."""
    for one in chain(trouble):
        if isinstance(one, OSError) and one.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if isinstance(one, OperationalError) and _no_room(str(one)):
            return True
    return False


def _no_room(said: str) -> bool:
    """SQLite and PostgreSQL say it in words only."""
    return "disk is full" in said or "No space left on device" in said


def chain(trouble: BaseException | None) -> list[BaseException]:
    """An error and those that led to it."""
    found: list[BaseException] = []
    while trouble is not None and trouble not in found:
        found.append(trouble)
        trouble = trouble.__cause__ or trouble.__context__
    return found
