"""A page of the clinic's own, its price, and a request for help that somebody has not sent yet."""

from datetime import datetime

from tests.cast import MONDAY, NEW_YORK, Cast
from throughcare.pathway.actor import the_public
from throughcare.pathway.program_settings import change_setting
from throughcare.pathway.public_page.editing import Wording, publish_page, save_page, start_page
from throughcare.pathway.public_page.started_requests import keep_request

SLUG = "visiting-us"


def what_strangers_read(cast: Cast, *, now: datetime) -> dict[str, object]:
    """Pages in the clinic's own words and in ours, so that both are walked."""
    words = Wording(
        "Visiting us", "How to find the door.", "## The door\nRing the blue bell.\n\n- Ramp\n- Lift"
    )
    publish_page(start_page(SLUG, words, by=cast.admin, at=now), by=cast.admin, at=now)
    save_page("what-it-is", "en", Wording("What we do", "", "Soon."), by=cast.admin, at=now)
    change_setting("price.program_day", 260, effective_date=MONDAY, by=cast.admin, at=now)
    kept = keep_request(
        {"name": "Ivy", "who": "self"}, zone=NEW_YORK, by=the_public(cast.organization), at=now
    )
    return {
        "slug": SLUG,
        "language": "en",
        "ask_again_link.token": kept.code,
        "ask_again_link_at.token": kept.code,
    }
