"""Coming in through the door without walking through its pages: signed in with a second step, for a whole story."""

from datetime import timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.test import Client
from django.utils import timezone

from throughcare.faces.web.door.device import device_words
from throughcare.faces.web.door.session_store import SessionStore
from throughcare.faces.web.door.verdict import STATE, State

AGES = int(timedelta(days=3650).total_seconds())


def proved_state(user_agent: str = "", **other: object) -> State:
    """A session whose owner has just shown both factors, and which lasts as long as a story does."""
    now = timezone.now().timestamp()
    state = State(
        began=now,
        seen=now,
        proved=now,
        noted=now,
        factor=True,
        locked=False,
        device=device_words(user_agent),
        idle=AGES,
        absolute=AGES,
        proof=AGES,
    )
    return {**state, **other}


_plain_login = Client.force_login


def login_with_both_factors(client: Client, user, backend=None) -> None:
    """Django's `force_login`, through the door."""
    _plain_login(client, user, backend)
    session = client.session
    session[STATE] = proved_state()
    session.save()


def session_of(email: str, user_agent: str) -> str:
    """The cookie of a browser in which someone is signed in."""
    account = get_user_model().objects.get_by_natural_key(email)
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(account.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: account.get_session_auth_hash(),
            STATE: proved_state(user_agent),
        }
    )
    session.create()
    return session.session_key


def limits_of_a_clinic(walker, **limits: int) -> None:
    """Give the session of a browser limits (idle, absolute, proof; in seconds) of its own."""
    (key,) = [one["value"] for one in walker.context.cookies() if one["name"] == "sessionid"]
    session = SessionStore(key)
    session[STATE] = {**session[STATE], **limits}
    session.save()
