"""The headers that keep a browser on our side, on every kind of answer; and cookies that belong to this host alone."""

import runpy
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import throughcare.settings
from tests.through_the_door import login_with_both_factors
from throughcare.faces.web.headers import POLICY
from throughcare.records.people import Account

SCRIPT = "/static/throughcare/js/htmx.min.js"


def kinds_of_answers(cast, settings):
    """An answer of each kind with its status: what pages say, and what stands before them and answers itself."""
    ours, stranger = Client(), Client()
    login_with_both_factors(ours, Account.objects.get(pk=cast.clinician.account))
    yield 200, stranger.get(reverse("sign_in"))
    yield 200, ours.get(reverse("census"))
    yield 200, stranger.get(SCRIPT)
    yield 302, stranger.get(reverse("census"))
    yield 301, stranger.get(reverse("census").rstrip("/"))
    yield 400, stranger.get("/welcome", headers={"Host": "elsewhere.test"})
    yield 403, ours.get(reverse("clinic"))
    yield 403, Client(enforce_csrf_checks=True).post(reverse("sign_in"))
    yield 404, ours.get("/no-such-page")
    yield 405, stranger.delete(reverse("sign_in"))
    settings.SECURE_SSL_REDIRECT = True
    yield 301, Client().get(reverse("sign_in"))
    settings.SECURE_SSL_REDIRECT, settings.REQUESTS_A_MINUTE = False, 1
    flooding = Client()
    flooding.get("/no-such-page")
    yield 429, flooding.get("/no-such-page")


@pytest.mark.django_db
def test_every_kind_of_answer_carries_them(cast, settings):
    for status, answer in kinds_of_answers(cast, settings):
        said = answer.headers
        assert answer.status_code == status, said
        assert said["Content-Security-Policy"] == POLICY, status
        assert said["Cross-Origin-Resource-Policy"] == "same-origin", status
        assert said["X-Content-Type-Options"] == "nosniff", status
        assert said["Cross-Origin-Opener-Policy"] == "same-origin", status
        assert said["Referrer-Policy"] == "same-origin", status
        is_file = answer.streaming
        assert ("no-store" in said["Cache-Control"]) is not is_file, status
        assert is_file or "charset=utf-8" in said["Content-Type"], status


def test_the_policy_lets_in_nothing_from_elsewhere_and_nothing_in_line():
    said = dict(part.split(" ", 1) for part in POLICY.split("; "))
    assert said["default-src"] == said["form-action"] == "'self'"
    assert said["object-src"] == said["base-uri"] == said["frame-ancestors"] == "'none'"
    assert not [part for part in said if part.startswith("script") or part.startswith("style")]
    for hole in ("unsafe", "http", "*", "blob:"):
        assert hole not in POLICY


def test_behind_tls_cookies_are_secure_and_of_this_host_alone(monkeypatch, tmp_path):
    for name, value in (("THROUGHCARE_TLS", "1"), ("THROUGHCARE_DATA", str(tmp_path / "data"))):
        monkeypatch.setenv(name, value)
    found = runpy.run_path(str(Path(throughcare.settings.__file__)))
    names = [found[f"{which}_COOKIE_NAME"] for which in ("SESSION", "CSRF", "LANGUAGE")]
    assert [name for name in names if not name.startswith("__Host-")] == []
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SESSION_COOKIE_SAMESITE"] == found["CSRF_COOKIE_SAMESITE"] == "Lax"
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    # The cookie of the session stays out of reach for scripts, which is Django's default, and has no domain.
    assert not {"SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN"} & set(found)
