"""Everyone signs in, through the same pages as people do: password, second step, and a cookie that holds.

Nothing here reaches into a session but at the end: its limits are those of a review, not of a clinic.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.test import Client

from throughcare.faces.cli.review.build import PASSWORD, Fixture
from throughcare.faces.cli.review.clinics import ELSEWHERE, MAIL, STAFF
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.actor import Actor
from throughcare.pathway.clinic.clinic import suspend_staff
from throughcare.pathway.signing_in.access import account_page, end_role, give_role
from throughcare.pathway.signing_in.factors import enrol_known_app, new_app_secret, shown_code

# No browser's name is in it, and in none of the usual tools': for the door they all are the same device.
USER_AGENT = "throughcare-review"
REVIEW_SECONDS = int(timedelta(hours=12).total_seconds())
DEAD = frozenset({"suspended", "logged_out"})


@dataclass
class Door:
    """Who came in: the client that holds the cookie, and for whom it acts."""

    role: str
    client: Client
    actor: Actor | None = None
    cookie: str = ""

    def row(self) -> dict[str, Any]:
        """The row of `roles.json`."""
        return {
            "cookie": f"{settings.SESSION_COOKIE_NAME}={self.cookie}" if self.cookie else "",
            "headers": {"User-Agent": USER_AGENT},
            "dead": self.role in DEAD,
        }


def sign_everyone_in(fixture: Fixture) -> dict[str, Door]:
    """A door for every role, `anonymous` among them; the dead ones are dead already."""
    doors = {"anonymous": Door("anonymous", _browser())}
    for role in (*STAFF, *ELSEWHERE):
        email = f"{fixture.markers.word(role, 'account', 'address')}@{MAIL}"
        doors[role] = _come_in(role, email, with_app=role != "without_factor")
    for role, (email, token) in fixture.invited.items():
        _browser().post(f"/sign-in/link/{token}", {"password": PASSWORD})
        doors[role] = _come_in(role, email, with_app=False)
    _become_alumnus(fixture, doors["alumnus_a"])
    doors["logged_out"].client.post("/sign-out")
    alder, at = fixture.places[0], datetime.now(UTC)
    suspend_staff(alder.accounts["suspended"], by=alder.actors["admin"], at=at)
    return doors


def _browser() -> Client:
    return Client(headers={"user-agent": USER_AGENT})


def _come_in(role: str, email: str, *, with_app: bool) -> Door:
    """Sign in twice where there is no code to wait for, so that there is another sign-in to end."""
    client, secure = _browser(), settings.SESSION_COOKIE_SECURE
    secret = new_app_secret()
    if with_app:
        enrol_known_app(email, secret=secret, at=datetime.now(UTC))
    for browser in (client,) if with_app else (_browser(), client):
        browser.post("/sign-in", {"email": email, "password": PASSWORD}, secure=secure)
    if with_app:
        code = shown_code(email, secret=secret, at=datetime.now(UTC))
        client.post("/sign-in/second-step", {"code": code}, secure=secure)
    session = client.session
    if "door" not in session:
        raise RuntimeError(f"{role} could not sign in")
    session["door"] = {**session["door"], **dict.fromkeys(("idle", "absolute", "proof"), REVIEW_SECONDS)}
    session.save()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    return Door(role, client, actor_for(int(session["_auth_user_id"])), cookie)


def _become_alumnus(fixture: Fixture, door: Door) -> None:
    """Who has left the program goes on to sign in, in the other role."""
    admin, at = fixture.places[0].actors["admin"], datetime.now(UTC)
    if door.actor is None or door.actor.account_uid is None:
        raise RuntimeError("the alumnus could not sign in")
    account = door.actor.account_uid
    for grant in account_page(account, by=admin).grants:
        end_role(account, grant.uid, by=admin, at=at)
    give_role(account, "alumnus", site=None, by=admin, at=at)
    door.actor = actor_for(int(door.client.session["_auth_user_id"]))
