"""The main pages on a narrow phone in Spanish, and from right to left: nothing runs out of sight."""

import pytest
from django.test import override_settings

from tests.cast import at
from tests.sessions_cast import admit
from throughcare.pathway.family.invitations import invite_patient

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NARROW = (320, 640)
MAIL = "dev@mail.test"
OPEN = ("/sign-in", "/welcome", "/about/levels", "/ask-for-help", "/is-this-right-for-me", "/worry")
OWN = tuple(
    f"/my/{page}"
    for page in ("sessions", "week", "check-in", "safety-plan", "plan", "messages", "privacy", "help")
)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def stays_in_sight(walker, addresses, *, direction, query=""):
    for address in addresses:
        walker.go(f"{address}{query}")
        assert walker.page.get_attribute("html", "dir") == direction, address
        assert walker.page.evaluate(TOO_WIDE) <= 0, address


def test_nothing_runs_out_of_sight(cast, clock, someone):
    dev = admit(cast, "Dev", "Rao")
    invite_patient(dev.uid, email=MAIL, by=cast.clinician, at=at(8))
    stranger = someone(size=NARROW)
    stays_in_sight(stranger, OPEN, direction="ltr", query="?lang=es")
    phone = someone(MAIL, size=NARROW)
    phone.page.get_by_role("button", name="Español").click()
    stays_in_sight(phone, OWN, direction="ltr")
    assert "Su privacidad" in phone.page.content() or "Pedir ayuda" in phone.page.content()
    with override_settings(LANGUAGES=[("en", "English"), ("es", "Español"), ("ar", "العربية")]):
        stays_in_sight(stranger, OPEN, direction="rtl", query="?lang=ar")
        phone.go(OWN[0])
        phone.page.get_by_role("button", name="العربية").click()
        stays_in_sight(phone, OWN, direction="rtl")
