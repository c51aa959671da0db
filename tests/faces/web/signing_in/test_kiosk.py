"""A kiosk asks for a code, shows one person's pages, and forgets them."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.intake_cast import ben
from throughcare.records.people import Account
from throughcare.records.signing_in import KioskCode, SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast, carla, clock):
    """Carla's own browser."""
    browser = Client()
    browser.force_login(Account.objects.get(pk=cast.clinician.account))
    return browser


@pytest.fixture
def kiosk(cast, clock, carla):
    """A browser that Felix has made a kiosk."""
    browser = Client()
    browser.force_login(Account.objects.get(pk=cast.facilitator.account))
    assert browser.post(reverse("begin_kiosk"), {"site": str(cast.site)}).url == reverse("kiosk")
    return browser


@pytest.fixture
def assessment(cast, clock):
    """An assessment that has begun."""
    return ben(cast)


def code_for(desk, assessment):
    return desk.post(reverse("intake_kiosk_code", args=[assessment])).context["code"]


def test_whoever_makes_a_kiosk_is_signed_out_there(kiosk):
    assert kiosk.get(reverse("today")).url.startswith(reverse("sign_in"))
    assert not SignIn.objects.filter(ended_at__isnull=True).exists()


def test_it_shows_nothing_but_the_field(kiosk):
    assert "Enter your code" in kiosk.get(reverse("kiosk")).content.decode()
    for name in ("sign_in", "front_door", "forgotten", "home"):
        assert kiosk.get(reverse(name)).url == reverse("kiosk"), name


def test_a_code_opens_the_pages_of_one_person_once(kiosk, desk, assessment):
    code = code_for(desk, assessment)
    opened = kiosk.post(reverse("kiosk"), {"code": f"{code[:3]} {code[3:]}"}).url
    assert kiosk.get(opened).status_code == 200
    kiosk.get(reverse("kiosk"))
    assert kiosk.post(reverse("kiosk"), {"code": code}).status_code == 422


def test_back_to_the_start_closes_what_was_open(kiosk, desk, assessment):
    opened = kiosk.post(reverse("kiosk"), {"code": code_for(desk, assessment)}).url
    kiosk.get(reverse("kiosk"))
    assert kiosk.get(opened).url == reverse("kiosk")


def test_after_two_idle_minutes_the_pages_are_closed(kiosk, desk, assessment, clock):
    opened = kiosk.post(reverse("kiosk"), {"code": code_for(desk, assessment)}).url
    clock.later(seconds=119)
    assert kiosk.get(opened).status_code == 200
    clock.later(seconds=121)
    assert kiosk.get(opened).url == reverse("kiosk")


def test_a_code_lasts_ten_minutes_and_is_not_stored(kiosk, desk, assessment, clock):
    code = code_for(desk, assessment)
    row = KioskCode.objects.get()
    assert code not in row.code_mark and "/intake/" not in row.leads_to
    clock.later(minutes=10, seconds=1)
    assert kiosk.post(reverse("kiosk"), {"code": code}).status_code == 422


def test_codes_can_not_be_guessed(kiosk, desk, assessment, clock):
    code = code_for(desk, assessment)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        kiosk.post(reverse("kiosk"), {"code": wrong})
    answer = kiosk.post(reverse("kiosk"), {"code": code})
    assert "Ask at the desk" in answer.content.decode()


def test_a_code_opens_nothing_in_a_browser_that_is_no_kiosk(desk, assessment, clock):
    code = code_for(desk, assessment)
    assert Client().post(reverse("kiosk"), {"code": code}).url == reverse("sign_in")
    assert KioskCode.objects.get().used_at is None


def test_it_is_ended_from_another_browser(kiosk, desk):
    page = desk.get(reverse("begin_kiosk"))
    (running,) = page.context["kiosks"]
    desk.post(reverse("end_kiosk", args=[running.uid]))
    assert kiosk.get(reverse("kiosk")).url == reverse("sign_in")
    assert kiosk.get(reverse("sign_in")).status_code == 200


def test_a_code_of_one_clinic_opens_nothing_in_another(desk, assessment, clock):
    from tests.cast import gather_cast

    other = gather_cast("Other House", mail_host="other.test")
    theirs = Client()
    theirs.force_login(Account.objects.get(pk=other.admin.account))
    theirs.post(reverse("begin_kiosk"), {"site": str(other.site)})
    assert theirs.post(reverse("kiosk"), {"code": code_for(desk, assessment)}).status_code == 422
