"""The second step: asked of whoever has one, and of staff always."""

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import get_resolver, reverse

from tests.cast import PASSWORD
from tests.faces.web.signing_in.conftest import CARLA, code, come_in, give_password
from throughcare.pathway.signing_in.factors import code_at, counter_at, new_recovery_codes
from throughcare.records.people import Account
from throughcare.records.signing_in import DoorMail

pytestmark = pytest.mark.django_db


def test_the_right_password_alone_opens_no_page(client, carla, clock):
    assert give_password(client).url == reverse("second_step")
    assert client.get(reverse("today")).url.startswith(reverse("sign_in"))
    assert client.get(reverse("me")).url.startswith(reverse("sign_in"))


def test_password_and_code_sign_in(client, carla, clock):
    come_in(client, clock)
    assert client.get(reverse("today")).status_code == 200


def test_a_code_works_once(client, carla, clock):
    used = code(clock)
    come_in(client, clock)
    other = Client()
    give_password(other)
    answer = other.post(reverse("second_step"), {"code": used})
    assert answer.status_code == 422
    assert "used already" in answer.content.decode()
    clock.later(seconds=30)
    assert other.post(reverse("second_step"), {"code": code(clock)}).status_code == 302


def test_a_clock_half_a_minute_off_is_forgiven_and_one_of_two_minutes_is_not(client, carla, clock):
    give_password(client)
    far = code_at("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", counter_at(clock.now) + 4)
    assert client.post(reverse("second_step"), {"code": far}).status_code == 422
    near = code_at("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", counter_at(clock.now) + 1)
    assert client.post(reverse("second_step"), {"code": near}).status_code == 302


def test_a_recovery_code_works_once(client, carla, clock):
    codes = new_recovery_codes(carla.pk, at=clock.now)
    give_password(client)
    assert client.post(reverse("second_step"), {"code": codes[3]}).status_code == 302
    other = Client()
    give_password(other)
    assert other.post(reverse("second_step"), {"code": codes[3]}).status_code == 422


def test_codes_can_not_be_guessed_forever(client, carla, clock):
    give_password(client)
    for _ in range(5):
        client.post(reverse("second_step"), {"code": "000000"})
    answer = client.post(reverse("second_step"), {"code": code(clock)})
    assert answer.status_code == 422
    assert "too many wrong tries" in answer.content.decode()
    clock.later(minutes=16)
    give_password(client)
    assert client.post(reverse("second_step"), {"code": code(clock)}).status_code == 302


def test_half_way_lasts_ten_minutes(client, carla, clock):
    give_password(client)
    clock.later(minutes=11)
    assert client.post(reverse("second_step"), {"code": code(clock)}).url == reverse("sign_in")


def test_staff_without_a_second_step_reach_only_its_set_up_and_the_way_out(client, cast, clock):
    give_password(client)
    allowed = {"me", "protect", "enrol_app", "add_passkey", "recovery_codes", "home"}
    for pattern in get_resolver().url_patterns:
        route = pattern.callback.route
        if route.public or "GET" not in route.methods or "<" in str(pattern.pattern):
            continue
        answer = client.get(f"/{pattern.pattern}")
        if pattern.name not in allowed and answer.status_code != 403:
            assert (answer.status_code, answer.url) == (302, reverse("protect")), pattern.name
    assert client.post(reverse("sign_out")).status_code == 302


def test_setting_up_an_app_opens_the_rest_and_shows_recovery_codes_once(client, cast, clock):
    give_password(client)
    page = client.get(reverse("enrol_app"))
    secret = page.context["secret"].replace(" ", "")
    wrong = client.post(reverse("enrol_app"), {"code": "000000"})
    assert wrong.status_code == 422
    before = client.cookies["sessionid"].value
    answer = client.post(reverse("enrol_app"), {"code": code_at(secret, counter_at(clock.now))})
    assert len(answer.context["codes"]) == 10
    assert client.cookies["sessionid"].value != before
    assert client.get(reverse("today")).status_code == 200
    assert DoorMail.objects.filter(kind="factor_changed").count() == 1


def test_staff_can_not_remove_their_last_second_step(client, carla, clock):
    come_in(client, clock)
    answer = client.post(reverse("remove_factor"))
    assert answer.status_code == 409
    assert "Staff always have a second factor" in answer.content.decode()


def test_the_secret_of_an_app_is_sealed(carla):
    stored = carla.authenticator_set.get().data["secret"]
    assert "JBSWY3DPEHPK3PXP" not in stored


def test_five_wrong_passwords_start_a_wait_known_or_not(client, carla, clock):
    answers = {}
    for email in (CARLA, "nobody@harbor.test"):
        tried = [give_password(client, email, "wrong wrong wrong") for _ in range(6)]
        answers[email] = [(one.status_code, one.content.decode().count("too many wrong")) for one in tried]
    assert answers[CARLA] == answers["nobody@harbor.test"]
    assert [status for status, _ in answers[CARLA]] == [422] * 5 + [429]
    assert give_password(client).status_code == 429
    clock.later(minutes=16)
    assert give_password(client).status_code == 302


def test_counting_keeps_neither_address_nor_password_nor_network(client, carla, clock):
    give_password(client, CARLA, "wrong wrong wrong")
    (row,) = AccessAttempt.objects.values()
    kept = " ".join(str(value) for value in row.values())
    assert (
        CARLA not in kept and "harbor" not in kept and "wrong wrong" not in kept and "127.0.0.1" not in kept
    )


def test_someone_whose_password_was_tried_in_vain_is_told_by_mail(client, carla, clock):
    for _ in range(5):
        give_password(client, CARLA, "wrong wrong wrong")
    assert DoorMail.objects.get().kind == "many_wrong_tries"


def test_an_unknown_address_costs_as_much_hashing_as_a_known_one(client, carla, clock, monkeypatch):
    hashed = []
    from django.contrib.auth.hashers import MD5PasswordHasher

    plain = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or plain(*given))
    counts = []
    for email in (CARLA, "nobody@harbor.test"):
        hashed.clear()
        give_password(client, email, "wrong wrong wrong")
        counts.append(len(hashed))
    assert counts == [1, 1]


@pytest.mark.parametrize(
    "password", ["é" * 15, "🔑 and 🚪 and 🏠 and 🌊 and me", "x y" * 60, "a" + " b" * 40]
)
def test_long_passwords_are_taken_exactly(client, carla, clock, password):
    Account.objects.filter(pk=carla.pk).update(password="")
    carla.set_password(password)
    carla.save()
    assert give_password(client, CARLA, password[:-1]).status_code == 422
    assert give_password(client, CARLA, password + " ").status_code == 422
    assert give_password(client, CARLA, password).status_code == 302


def test_patients_are_offered_a_second_step_and_go_on_without(client, cast, clock):
    from throughcare.records.people import RoleGrant

    account = Account.objects.get_by_natural_key(CARLA)
    RoleGrant.objects.filter(account=account).update(role="patient")
    RoleGrant.objects.filter(account=account).exclude(
        pk=RoleGrant.objects.filter(account=account).first().pk
    ).delete()
    give_password(client, CARLA, PASSWORD)
    assert "Set one up" in client.get(reverse("me")).content.decode()
    assert client.get(reverse("kept_forms")).status_code == 200
