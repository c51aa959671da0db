"""A PostgreSQL that is stopped and not dead acknowledges every packet and answers none."""

import os
import signal
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests.boards_cast import in_program
from tests.cast import at
from tests.crisis_cast import put_on_call
from tests.remembered import recall_cast
from throughcare import postgres
from throughcare.pathway.crisis.kept_calls import kept_calls, raise_kept_calls
from throughcare.pathway.family.invitations import invite_patient
from throughcare.records.crises import Crisis
from throughcare.records.people import Account

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite is a file: it can't be frozen alone"
    ),
]


@contextmanager
def frozen_server():
    """The process that answers this connection stands still."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [process] = cursor.fetchone()
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)
        connection.close()  # as the next request does with one that broke


def test_a_call_for_help_is_kept_while_the_server_is_frozen_and_raised_once_it_goes_on(
    client, settings, tmp_path, monkeypatch
):
    settings.DATA = tmp_path
    cast = recall_cast()
    put_on_call(cast)
    eve = in_program(cast, "Eve", "Lund")
    invite_patient(eve.uid, email="eve@mail.test", by=cast.clinician, at=at(2, 10))
    client.force_login(Account.objects.get_by_natural_key("eve@mail.test"))
    client.raise_request_exception = False
    here = reverse("my_help")
    form = {"caller": client.get(here).context["form"]["caller"].value(), "once": "7d3b2f64-9a0e-4d4b-8a27-1"}
    connection.connection.patience = 0.3
    with frozen_server():
        began = time.monotonic()
        answer = client.post(here, {**form, "words": "I have the pills here", "callback": ""})
        assert time.monotonic() - began < 3
        assert answer.status_code == 503 and "Nobody has been paged yet" in answer.text
    assert kept_calls() == 1
    raise_kept_calls(at=timezone.now())
    assert Crisis.objects.get().patient_id == eve.key


def test_a_connection_that_says_nothing_is_not_used_again_and_the_others_are_told_at_once(monkeypatch):
    connection.ensure_connection()
    monkeypatch.setattr("throughcare.postgres.base.ALIVE_WITHIN_SECONDS", 0.2)
    monkeypatch.setattr(postgres, "_people_wait", True)
    with frozen_server():
        assert not connection.is_usable()
        with pytest.raises(psycopg.OperationalError, match="a moment ago"):
            connection.get_new_connection(connection.get_connection_params())
    monkeypatch.setattr(postgres, "_people_wait", False)
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("1h",)
        monkeypatch.setattr(postgres, "_people_wait", True)
        connection.close()
        for name, limit in (("statement_timeout", "12s"), ("lock_timeout", "10s")):
            with connection.cursor() as cursor:
                cursor.execute(f"SHOW {name}")
                assert cursor.fetchone() == (limit,)
