"""Getting in: a first app, a passkey, a lost one, a locked browser; at a phone and at a desk."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.cast import PASSWORD
from tests.intake_cast import ben
from tests.journeys.walker import DESK, PHONE
from tests.through_the_door import limits_of_a_clinic
from throughcare.pathway.signing_in.factors import code_at, counter_at, enrol_known_app, factors_of
from throughcare.records.people import Account
from throughcare.records.signing_in import HeldForm, SignIn

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CARLA = "carla@harbor.test"


def now_shown(secret):
    """The six digits that an app with this key shows."""
    return code_at(secret, counter_at(timezone.now()))


def give_password(walker, email=CARLA):
    """Fill in the sign-in page."""
    walker.go("/sign-in")
    walker.fill("E-mail address", email)
    walker.fill("Password", PASSWORD)
    walker.press("Sign in")


@SIZES
def test_a_first_app_and_the_way_in_with_it(cast, clock, someone, size):
    carla = someone(size=size)
    carla.go("/sign-in")
    carla.look("sign-in", "I forgot my password")
    give_password(carla)
    carla.look("second-step-choose", "Everyone who works here signs in with two things")
    carla.follow("Set up an app")
    carla.look("second-step-app", "Let it read this picture")
    secret = carla.page.locator("main code").inner_text().replace(" ", "")
    with carla.refused():
        carla.fill("The six digits", "000000")
        carla.press("Set it up")
    carla.look("second-step-app-wrong", "That is not the code")
    carla.fill("The six digits", now_shown(secret))
    carla.press("Set it up")
    carla.look("recovery-codes", "Each code works once")
    carla.go(reverse("me"))
    carla.look("your-account", "10 left", "Where you are signed in")

    again = someone(size=size)
    give_password(again)
    again.look("second-step", "Your password was right")
    again.fill("Code", code_at(secret, counter_at(timezone.now()) + 1))
    again.press("Go on")
    assert again.path == reverse("today")
    again.go(reverse("me"))
    again.look("your-account-two-browsers", "Sign out everywhere else")
    again.press("Sign out everywhere else")
    again.look("your-account-signed-out-elsewhere", "Signed out in 1 other browser")


def with_passkeys(walker):
    """Give the browser a device that keeps passkeys and is opened by its owner's finger."""
    devtools = walker.context.new_cdp_session(walker.page)
    devtools.send("WebAuthn.enable", {"enableUI": False})
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    return walker


@SIZES
def test_a_passkey_signs_in_by_itself_unlocks_and_confirms(cast, clock, someone, size, live_server):
    home = live_server.url.replace("127.0.0.1", "localhost")
    carla = with_passkeys(someone(size=size, home=home))
    give_password(carla)
    carla.follow("Make a passkey")
    carla.look("passkey-make", "Your browser asks where to keep it")
    carla.fill("Name of this passkey", "My phone")
    carla.press("Make the passkey")
    carla.look("passkey-recovery-codes", "Your second step is set up")
    key = Account.objects.get_by_natural_key(CARLA).pk
    assert [one.name for one in factors_of(key).passkeys] == ["My phone"]
    carla.go(reverse("me"))
    carla.look("your-account-passkey", "My phone")
    sign_out(carla)

    carla.go("/sign-in")
    carla.press("Use a passkey")
    carla.page.wait_for_url("**" + reverse("today"))
    carla.go(reverse("me"))
    carla.reads("by passkey")

    lock(carla)
    with carla.refused():
        carla.go(reverse("census"))
    carla.look("locked-passkey", "Nobody used this browser for a while")
    carla.press("Use a passkey")
    carla.page.wait_for_url("**" + reverse("census"))

    sign_out(carla)
    give_password(carla)
    carla.look("second-step-passkey", "Your password was right")
    carla.press("Use a passkey")
    carla.page.wait_for_url("**" + reverse("today"))


def sign_out(walker):
    """Leave by the menu."""
    walker.page.locator(".user-button").click()
    walker.press("Sign out")


def lock(walker):
    """Lock the browser as its own script does."""
    walker.page.evaluate(
        """async () => {
            const body = new FormData();
            body.set("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]").value);
            await fetch("/still-here", { method: "POST", body });
            await fetch("/lock", { method: "POST", body, redirect: "manual" });
        }"""
    )


@SIZES
def test_what_was_written_when_the_browser_locked_is_sent_afterwards(cast, clock, someone, size):
    enrol_known_app("alex@harbor.test", secret=SECRET, at=timezone.now())
    alex = someone("alex@harbor.test", size=size)
    alex.go(reverse("new_holiday"))
    alex.fill("Name", "Founders’ day of the house")
    limits_of_a_clinic(alex, idle=12)
    alex.page.clock.install()
    alex.go(reverse("new_holiday"))
    alex.fill("Name", "Founders’ day of the house")
    with alex.refused():
        alex.page.clock.run_for(10_000)
        alex.page.wait_for_selector("h1:has-text('Locked')")
        alex.look("locked", "Nobody used this browser for a while")
    assert HeldForm.objects.count() == 1
    alex.fill("Your password", PASSWORD)
    alex.press("Unlock")
    alex.look("kept", "We kept what you wrote", "Founders’ day of the house")
    with alex.refused():
        alex.press("Send it now")
    assert not HeldForm.objects.exists()
    alex.look("kept-sent", "Choose the day")
    assert alex.page.get_by_label("Name").input_value() == "Founders’ day of the house"


@SIZES
def test_a_forgotten_password_keeps_the_second_step(cast, clock, someone, size):
    enrol_known_app(CARLA, secret=SECRET, at=timezone.now())
    carla = someone(size=size)
    carla.go("/sign-in")
    carla.follow("I forgot my password")
    carla.look("forgotten", "Enter the address")
    carla.fill("E-mail address", CARLA)
    carla.press("Send the link")
    carla.look("link-sent", "It works for ten minutes")
    carla.go(reverse("link", args=[token_sent_to(CARLA)]))
    carla.look("link", "Code of your second step")
    carla.fill("New password", "twelve wild geese over the river")
    carla.fill("Code of your second step", now_shown(SECRET))
    carla.press("Set the password")
    carla.look("link-done", "Your password is set")


def token_sent_to(email):
    """The token in the message that waits for the worker."""
    from throughcare.pathway.signing_in.door_mail import send_door_mail

    said = []
    send_door_mail(
        at=timezone.now(),
        send=lambda to, subject, words: said.append((to, words)),
        link_address=lambda token: f"<{token}>",
    )
    return next(re.search("<(.+)>", words)[1] for to, words in said if to == email)


@SIZES
def test_an_invitation_and_a_lost_second_step(cast, clock, someone, size):
    enrol_known_app(CARLA, secret=SECRET, at=timezone.now())
    account = Account.objects.get_by_natural_key(CARLA)
    alex, dana = someone("alex@harbor.test", size=size), someone("dana@harbor.test", size=size)
    alex.go(reverse("account", args=[account.uid]))
    alex.look("account", "An app", "They lost it")
    alex.press("New link to set a password")
    alex.look("invitation", "it works once, for three days")
    alex.go(reverse("give_role", args=[account.uid]))
    alex.look("give-role", "A role for Carla Reyes")
    alex.select("Role", "Utilization reviewer")
    alex.select("Where", "Main Street")
    alex.press("Give the role")
    alex.reads("Utilization reviewer, Main Street")
    alex.follow("They lost it")
    alex.look("lost-second-step", "Nothing changes until a second person agrees")
    alex.fill("How do you know", "She stood before me with her badge.")
    alex.press("Ask a second person")
    alex.look("lost-waiting", "Another administrator or director has to agree.")
    dana.go(reverse("account", args=[account.uid]))
    dana.look("lost-to-agree", "She stood before me with her badge.")
    dana.press("Agree: take the second step off")
    dana.look("lost-agreed", "The second step is off")
    assert not factors_of(account.pk).any
    assert not SignIn.objects.filter(account=account, ended_at__isnull=True).exists()


def test_signing_a_record_asks_once_more_who_is_there(cast, clock, someone):
    enrol_known_app("alex@harbor.test", secret=SECRET, at=timezone.now())
    account = Account.objects.get_by_natural_key(CARLA)
    alex = someone("alex@harbor.test", size=PHONE)
    limits_of_a_clinic(alex, proof=-1)
    alex.go(reverse("give_role", args=[account.uid]))
    alex.select("Role", "Utilization reviewer")
    with alex.refused():
        alex.press("Give the role")
        alex.look("confirm", "What you entered is kept")
        alex.fill("Your password", "not it at all, sorry")
        alex.press("Confirm")
        alex.look("confirm-wrong", "neither your password nor a code")
    limits_of_a_clinic(alex, proof=900)
    alex.fill("Your password", now_shown(SECRET))
    alex.press("Confirm")
    alex.look("confirmed", "The role is given")


@SIZES
def test_a_person_at_a_kiosk_enters_a_code_and_the_kiosk_forgets_them(cast, clock, someone, size):
    assessment = ben(cast)
    carla, kiosk = someone(CARLA), someone("felix@harbor.test", size=size)
    kiosk.go(reverse("me"))
    kiosk.follow("Make this browser a kiosk")
    kiosk.look("kiosk-begin", "Kiosks that run")
    kiosk.select("Site", "Main Street")
    kiosk.press("Make it a kiosk")
    kiosk.look("kiosk", "Enter your code")
    carla.go(reverse("assessment", args=[assessment]))
    carla.press("Make a code for the kiosk")
    carla.look("kiosk-code", "It works once, for ten minutes")
    kiosk.fill("Code", carla.page.locator(".link-once").inner_text())
    kiosk.page.clock.install()
    kiosk.press("Go on")
    kiosk.look("kiosk-open")
    opened = kiosk.path
    kiosk.page.clock.run_for(125_000)
    kiosk.page.wait_for_url("**" + reverse("kiosk"))
    kiosk.go(opened)
    assert kiosk.path == reverse("kiosk")
