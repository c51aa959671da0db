"""Wrong tries are counted in the database by django-axes: after five there is a wait of a quarter of an hour.

One fingerprint stands for each account or address, known or not. axes gets a bare request, so that it stores neither
an address, nor a network, nor what was posted.
"""

import logging

from axes.handlers.proxy import AxesProxyHandler
from django.http import HttpRequest
from django.utils import timezone

from throughcare.faces.web.languages import lazy as _
from throughcare.keys import blind

WAIT = _("There were too many wrong tries. Wait 15 minutes, then try again. A passkey works meanwhile.")

LOG = logging.getLogger("throughcare.door")

ASK_AT_DESK = _("There were too many wrong codes here. Ask at the desk.")


def _bare() -> HttpRequest:
    request = HttpRequest()
    request.method, request.path = "POST", "/"
    request.META = {"REMOTE_ADDR": "0.0.0.0"}  # noqa: S104  # a blank, not a place to listen on
    AxesProxyHandler.update_request(request)
    request.axes_attempt_time = timezone.now()  # type: ignore[attr-defined]  # axes puts its own things there
    return request


def _counted(who: str) -> dict[str, str]:
    return {"username": blind(who.strip().casefold(), place="wrong tries")}


def may_try(who: str) -> bool:
    """Whether someone may try again now."""
    return bool(AxesProxyHandler.is_allowed(_bare(), _counted(who)))


def count_wrong(who: str) -> bool:
    """Count a wrong try; True when it was the one that starts the wait."""
    AxesProxyHandler.user_login_failed(sender=count_wrong, credentials=_counted(who), request=_bare())
    waits = not may_try(who)
    # The same fingerprint for the same account each time, and nobody's name.
    LOG.warning("wrong try at %s%s", _counted(who)["username"][:12], "; it waits now" if waits else "")
    return waits


def forget_wrong(who: str) -> None:
    """The right one was given: counting starts over."""
    AxesProxyHandler.reset_attempts(username=_counted(who)["username"])
