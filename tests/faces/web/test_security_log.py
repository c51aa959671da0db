"""What tries the doors leaves a line in the log, and nobody's name, address or network in it."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def lines(caplog, name):
    return [one.getMessage() for one in caplog.records if one.name == name and one.levelno >= logging.WARNING]


def test_wrong_tries_are_logged_with_a_fingerprint_of_whom(client, cast, caplog):
    for password in ("one", "two", "three", "four", "five"):
        client.post(reverse("sign_in"), {"email": "carla@harbor.test", "password": password})
    said = lines(caplog, "throughcare.door")
    assert len(said) == 5
    assert len({one.removesuffix("; it waits now") for one in said}) == 1
    assert [one.endswith("; it waits now") for one in said] == [False] * 4 + [True]
    for words in ("carla", "harbor", "127.0.0.1", "three"):
        assert words not in " ".join(said)


def test_who_is_turned_away_is_logged_once_a_second(settings, caplog):
    settings.REQUESTS_A_MINUTE = 1
    browser = Client()
    refused = [browser.get("/no-such-page", REMOTE_ADDR="203.0.113.7").status_code for _ in range(6)].count(
        429
    )
    assert refused == 5
    assert 1 <= len(lines(caplog, "throughcare.limits")) < refused
    assert "203.0.113" not in caplog.text


def test_an_unsigned_call_of_a_provider_is_logged(client, caplog):
    assert client.post(reverse("message_in"), {"From": "+15550100", "Body": "STOP"}).status_code == 403
    assert lines(caplog, "throughcare.message_hooks") == ["a text without the provider's signature"]
    assert "STOP" not in caplog.text
