"""Signing in, and what a role may open."""

import pytest
from django.urls import get_resolver, reverse

from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(reverse("sign_in"), {"email": email, "password": password, **more})


def test_before_a_clinic_exists_everything_leads_to_the_first_run(client):
    assert client.get("/").url == reverse("first_run")


def test_a_stranger_is_led_to_the_front_door(client, cast):
    assert client.get("/").url == reverse("front_door")


def test_each_person_lands_where_their_day_begins(client, cast):
    sign_in(client, "felix@harbor.test")
    assert client.get("/").url == reverse("today")
    client.post(reverse("sign_out"))
    sign_in(client, "alex@harbor.test")
    assert client.get("/").url == reverse("week_board")


def test_capitals_in_the_address_do_not_matter(client, cast):
    assert sign_in(client, "CARLA@Harbor.test").status_code == 302


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, cast):
    wrong = sign_in(client, "carla@harbor.test", "not it")
    unknown = sign_in(client, "nobody@harbor.test", "not it")
    assert wrong.status_code == unknown.status_code == 422
    sentence = "That e-mail address and password don&#x27;t go together"
    assert sentence in wrong.content.decode()
    assert sentence in unknown.content.decode()


def test_a_suspended_account_is_out_at_its_next_page(client, cast, django_user_model):
    sign_in(client, "bo@harbor.test")
    assert client.get(reverse("me")).status_code == 200
    from tests.cast import MORNING

    django_user_model.objects.with_email("bo@harbor.test").update(suspended_at=MORNING)
    assert client.get(reverse("me")).status_code == 302


def test_after_signing_in_one_is_where_one_wanted_to_be_but_never_elsewhere(client, cast):
    assert sign_in(client, "carla@harbor.test", next="/census/").url == "/census/"
    client.post(reverse("sign_out"))
    assert sign_in(client, "carla@harbor.test", next="https://evil.test/").url == reverse("home")


def test_a_page_outside_a_role_is_refused_in_a_sentence(client, cast, django_user_model):
    client.force_login(django_user_model.objects.get_by_natural_key("bo@harbor.test"))
    answer = client.get(reverse("pipeline"))
    assert answer.status_code == 403
    assert "Ask an administrator" in answer.content.decode()


def test_without_signing_in_no_page_but_the_public_ones_opens(client, cast):
    for pattern in get_resolver().url_patterns:
        route = pattern.callback.route
        if route.public or "GET" not in route.methods or "<" in str(pattern.pattern):
            continue
        answer = client.get(f"/{pattern.pattern}")
        assert answer.status_code == 302, pattern.name
        assert answer.url.startswith(reverse("sign_in")), pattern.name


def test_every_page_is_kept_out_of_caches_and_loads_nothing_from_elsewhere(client, cast):
    answer = client.get(reverse("sign_in"))
    assert "no-store" in answer.headers["Cache-Control"]
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
