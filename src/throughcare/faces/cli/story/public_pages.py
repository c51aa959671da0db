"""What strangers read of the demo's clinic: its price, a page of its own, the first page in its own words."""

from datetime import date, datetime

from throughcare.faces.cli.story.clinic import ZONE, Clinic
from throughcare.pathway.actor import the_public
from throughcare.pathway.program_settings import change_setting
from throughcare.pathway.public_page.editing import Wording, publish_page, save_page, start_page
from throughcare.pathway.public_page.started_requests import keep_request

PRICES = (("price.program_day", 265), ("price.first_visit", 280))
FINDING_US = Wording(
    "Finding us",
    "Two places in town, both with a ramp and free parking.",
    """\
We have two places. Both have a ramp, a lift and free parking.

## Main
12 Ferry Street. Buses 4 and 11 stop at the corner. Ring the bell at the blue door.

## North
480 Orchard Avenue. The entrance is on the side of the garden.

## Child care
- Tell us when you bring a child. There is a play room on weekday evenings.
""",
)
ENCONTRARNOS = Wording(
    "Cómo llegar",
    "Dos lugares en la ciudad, con rampa y estacionamiento gratis.",
    """\
Tenemos dos lugares. Los dos tienen rampa, ascensor y estacionamiento gratis.

## Main
12 Ferry Street. Los autobuses 4 y 11 paran en la esquina. Toque el timbre de la puerta azul.

## North
480 Orchard Avenue. La entrada está del lado del jardín.
""",
)


def say_it_to_strangers(clinic: Clinic, *, since: date, at: datetime) -> None:
    """Prices that hold since the weeks told, a page in two languages, and somebody who has begun to ask for help."""
    by = clinic.actors["director"]
    for key, value in PRICES:
        change_setting(key, value, effective_date=since, by=by, at=at)
    publish_page(start_page("finding-us", FINDING_US, by=by, at=at), by=by, at=at)
    publish_page(save_page("finding-us", "es", ENCONTRARNOS, by=by, at=at), by=by, at=at)
    stranger = the_public(clinic.organization)
    keep_request({"who": "self", "name": "Noor"}, zone=ZONE, by=stranger, at=at)
