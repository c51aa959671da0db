"""Alive, ready and in numbers: for those who look after the program, and about nobody."""

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test.utils import CaptureQueriesContext

from tests.cast import MORNING
from throughcare.pathway import vital_signs
from throughcare.pathway.due_work import record_beat
from throughcare.records.people import Account

pytestmark = pytest.mark.django_db


def away(execute, sql, params, many, context):
    raise OperationalError("away")


def test_alive_asks_nobody(client, cast):
    client.force_login(Account.objects.get(pk=cast.clinician.account))  # a browser's cookie changes nothing
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/livez")
    assert (answer.status_code, answer.text, len(asked)) == (200, "alive\n", 0)
    with connection.execute_wrapper(away):
        assert client.get("/livez").status_code == 200


def test_ready_means_that_requests_may_come(client, cast, monkeypatch):
    monkeypatch.setattr(vital_signs, "_settled", set())
    assert client.get("/readyz").text == "ready\n"
    with connection.execute_wrapper(away):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "the database does not answer\n")
    monkeypatch.setattr(vital_signs, "_settled", set())
    monkeypatch.setattr(vital_signs, "_has_shape", lambda: False)
    assert "shape" in client.get("/readyz").text


def test_numbers_name_no_person_and_go_on_without_the_database(client, cast):
    record_beat("warning signs", at=MORNING)
    said = client.get("/metrics").text
    assert (
        "throughcare_database_up 1" in said and 'throughcare_work_age_seconds{work="warning signs"}' in said
    )
    assert 'throughcare_messages_waiting{urgent="yes"} 0' in said and "throughcare_disk_free_share" in said
    assert "throughcare_packet_age_seconds" in said and "+Inf" in said
    for name in ("Carla", "Harbor", "@"):
        assert name not in said
    with connection.execute_wrapper(away):
        said = client.get("/metrics").text
    assert "throughcare_database_up 0" in said and "throughcare_kept_calls 0" in said


def test_numbers_are_for_this_machine_or_for_who_holds_the_token(client, settings):
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    settings.METRICS_TOKEN = "a token of the clinic"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404
    right = {"Authorization": "Bearer a token of the clinic"}
    assert client.get("/metrics", headers=right, REMOTE_ADDR="203.0.113.9").status_code == 200
