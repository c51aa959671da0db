"""Nothing that is written into the log quotes anyone's words (I3)."""

import logging
from io import StringIO

import pytest
from django.conf import settings
from django.urls import path

from tests.canaries import CANARY
from throughcare.logs import WordlessFormatter


def trips(request):
    """A page that trips over a person: the name is in its variables and in the exception, and in what caused that."""
    name = CANARY
    try:
        {}[name]
    except KeyError as error:
        raise ValueError(f"{name} has no number") from error


urlpatterns = [path("trips/", trips)]


@pytest.fixture
def log():
    """What the console would have shown."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WordlessFormatter("%(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_a_page_that_fails_over_a_name_says_where_and_not_whom(log, client, settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []
    client.raise_request_exception = False
    answer = client.get("/trips/", {"q": CANARY})
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()
    said = log.getvalue()
    assert "builtins.KeyError\nand then:\n" in said
    assert "builtins.ValueError" in said
    assert "in trips" in said
    assert CANARY not in said


def test_every_handler_of_the_settings_writes_without_words():
    logging_settings = settings.LOGGING
    formatters = {one["formatter"] for one in logging_settings["handlers"].values()}
    assert {logging_settings["formatters"][name]["()"] for name in formatters} == {
        f"{WordlessFormatter.__module__}.{WordlessFormatter.__qualname__}"
    }
    assert settings.DEBUG is False
    assert settings.ADMINS == []


def test_whatever_a_name_holds_is_one_line(log):
    logging.getLogger("throughcare.test").warning(
        "opened %s", "a\r\n2026-11-23 INFO all is well\x1b[2J\u2028b"
    )
    assert log.getvalue() == "WARNING throughcare.test opened a??2026-11-23 INFO all is well?[2J?b\n"
