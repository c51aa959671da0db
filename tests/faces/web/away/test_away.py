"""The database is away or the disk is full: the page says so, a call for help is on disk, and is raised afterwards."""

import fcntl
import json
import os
import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.db.utils import OperationalError
from django.urls import reverse
from django.utils import timezone

from tests.boards_cast import in_program
from tests.cast import at
from tests.crisis_cast import paged, put_on_call
from throughcare.faces.worker import kept_calls as lane_work
from throughcare.pathway import kept_files, room
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.crisis.desk import one_crisis
from throughcare.pathway.crisis.kept_calls import FOLDER, kept_calls, raise_kept_calls
from throughcare.pathway.family.invitations import invite_patient
from throughcare.records.crises import Crisis
from throughcare.records.people import Account
from throughcare.records.tasks import Task

pytestmark = pytest.mark.django_db
NIGHT = at(2, 10)
ONCE = "7d3b2f64-9a0e-4d4b-8a27-222222222222"


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def night():
    with time_machine.travel(NIGHT, tick=False) as clock:
        yield clock


@pytest.fixture
def eve(cast, night):
    put_on_call(cast)
    return in_program(cast, "Eve", "Lund")


@pytest.fixture
def phone(cast, eve, client):
    invite_patient(eve.uid, email="eve@mail.test", by=cast.clinician, at=NIGHT)
    client.force_login(Account.objects.get_by_natural_key("eve@mail.test"))
    client.raise_request_exception = False
    return client


@contextmanager
def database_away(words="the connection is closed"):
    """Every question to the database fails, as it does when its server was stopped."""

    def refuse(execute, sql, params, many, context):
        raise OperationalError(words)

    with connection.execute_wrapper(refuse):
        yield


def the_form(client, address, **said):
    return {"caller": client.get(address).context["form"]["caller"].value(), "once": ONCE, **said}


def test_a_call_while_the_database_is_away_is_kept_told_truly_and_raised_once_with_its_own_time(
    cast, eve, phone, night, data
):
    here = reverse("my_help")
    form = the_form(phone, here, words="I have the pills here", callback="212-555-0199")
    night.shift(timedelta(minutes=5))
    with database_away():
        for _ in range(2):  # pressed twice
            answer = phone.post(here, form)
            assert answer.status_code == 503 and answer["Cache-Control"]
            assert "Nobody has been paged yet" in answer.text
            assert 'href="tel:988"' in answer.text and 'href="tel:911"' in answer.text
    assert kept_calls() == 2 and not Crisis.objects.exists()
    on_disk = b"".join(path.read_bytes() for path in (data / FOLDER).iterdir())
    assert b"pills" not in on_disk and b"0199" not in on_disk
    night.shift(timedelta(minutes=7))
    raise_kept_calls(at=timezone.now())
    crisis = Crisis.objects.get()
    assert (crisis.patient_id, crisis.source, crisis.words) == (eve.key, "button", "I have the pills here")
    assert crisis.happened_at == NIGHT + timedelta(minutes=5)
    assert crisis.recorded_at == NIGHT + timedelta(minutes=12)
    assert paged(crisis.uid) == [("Carla", "primary")] and kept_calls() == 0
    first = one_crisis(crisis.uid, by=cast.clinician, at=timezone.now()).log[0]
    assert (first.at, first.written_at, first.later) == (
        crisis.happened_at,
        crisis.recorded_at,
        "Entered later, at",
    )
    assert "You pressed the button." in phone.get(here).text


def test_nothing_else_is_said_to_be_saved_and_nothing_is(cast, eve, client):
    client.force_login(Account.objects.get(pk=cast.clinician.account))
    client.raise_request_exception = False
    with database_away():
        answer = client.post(reverse("raise_crisis", args=[eve.uid]), {"priority": "P2", "words": "x"})
        page = client.get(reverse("today"))
    assert (
        answer.status_code == 503 and "Your call was not sent" in answer.text
    )  # no page of ours: no caller in it
    assert page.status_code == 503 and "Nothing of your last step was saved" in page.text
    assert kept_calls() == 0 and not Task.objects.filter(recorded_at__gt=NIGHT).exists()


def test_staff_raise_and_reception_logs_while_the_database_is_away(cast, eve, client, night):
    client.force_login(Account.objects.get(pk=cast.clinician.account))
    client.raise_request_exception = False
    here = reverse("raise_crisis", args=[eve.uid])
    form = the_form(client, here, priority="P2", words="He spoke of a rope")
    call = reverse("log_crisis_call")
    other = the_form(client, call, priority="P1", words="Her sister called", said_name="Eve")
    with database_away():
        assert client.post(here, form).status_code == 503
        assert client.post(call, {**other, "once": ONCE.replace("2", "3")}).status_code == 503
    raise_kept_calls(at=timezone.now())
    told = [(row.priority, row.patient_id, row.said_name) for row in Crisis.objects.order_by("priority")]
    assert told == [("P1", None, "Eve"), ("P2", eve.key, "")]


def test_a_caller_of_another_browser_or_another_page_is_not_believed(cast, eve, phone, client):
    here = reverse("my_help")
    form = the_form(phone, here, words="", callback="")
    stolen = {**form, "caller": form["caller"][:-4] + "AAAA"}
    phone.cookies["sessionid"] = "somebodyelsesxxxxxxxxxxxxxxxxxxx"
    with database_away():
        for said in (form, stolen, {}):
            assert "Your call was not sent" in phone.post(here, said).text
    assert kept_calls() == 0


def test_who_was_let_go_since_is_still_heard(cast, eve, phone, night):
    here = reverse("my_help")
    form = the_form(phone, here, words="Please", callback="212-555-0199")
    with database_away():
        phone.post(here, form)
    Account.objects.filter(email_mark__gt="").exclude(
        pk__in=[cast.clinician.account, cast.nurse.account]
    ).update(suspended_at=NIGHT)
    raise_kept_calls(at=timezone.now())
    crisis = Crisis.objects.get()
    assert crisis.patient_id is None and crisis.callback == "212-555-0199" and crisis.words == "Please"
    assert paged(crisis.uid)


def test_while_it_waits_those_named_for_alarms_are_told(eve, phone, night, settings, monkeypatch):
    here = reverse("my_help")
    form = the_form(phone, here, words="", callback="")
    settings.ALARM_TO = ["+12125550100", "ops@clinic.test"]
    sent = []

    class Way:
        def send(self, to, subject, words, *, same, attempt):
            sent.append((to, words))

    monkeypatch.setattr(lane_work, "channels", lambda: {"text": Way(), "email": Way()})
    monkeypatch.setattr(lane_work, "_told", float("-inf"))
    monkeypatch.setattr(lane_work, "oldest_waits", lambda at: timedelta(seconds=6))
    with database_away():
        phone.post(here, form)
        for _ in range(2):
            with pytest.raises(OperationalError):
                lane_work.raise_or_tell(timezone.now())
    for thread in [one for one in threading.enumerate() if one.name == "calls that wait"]:
        thread.join()
    assert sorted(to for to, _ in sent) == ["+12125550100", "ops@clinic.test"]
    assert kept_calls() == 1 and not any("Lund" in words or "Eve" in words for _, words in sent)
    lane_work.raise_or_tell(timezone.now())
    assert Crisis.objects.count() == 1 and kept_calls() == 0


def test_on_a_full_disk_the_reserve_is_let_go_for_the_call_and_the_page_is_clear(
    eve, phone, data, monkeypatch
):
    monkeypatch.setattr(room, "RESERVE_BYTES", room.MEGABYTE)
    room.hold_reserve()
    here, write = reverse("my_help"), kept_files._write
    form = the_form(phone, here, words="", callback="")

    def no_room(folder, sealed):
        if (data / room.RESERVE).exists():
            raise OSError(28, "No space left on device")
        write(folder, sealed)

    monkeypatch.setattr(kept_files, "_write", no_room)
    with database_away("database or disk is full"):
        page = phone.get(reverse("my_privacy"))
        assert page.status_code == 503 and "Our disk is full" in page.text and "tel:988" in page.text
        assert "Nobody has been paged yet" in phone.post(here, form).text
    assert kept_calls() == 1 and not (data / room.RESERVE).exists()
    raise_kept_calls(at=timezone.now())
    assert Crisis.objects.count() == 1


def test_where_even_that_fails_the_page_says_that_nothing_was_sent(eve, phone, monkeypatch):
    here = reverse("my_help")
    form = the_form(phone, here, words="", callback="")

    def no_room(folder, sealed):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept_files, "_write", no_room)
    with database_away():
        assert "Your call was not sent" in phone.post(here, form).text


def test_little_room_is_left_to_crises_alone(eve, phone, monkeypatch, cast):
    usage = room.shutil.disk_usage("/")
    short = usage._replace(total=10**9, free=room.FLOOR_BYTES - 1)
    monkeypatch.setattr(room.shutil, "disk_usage", lambda folder: short)
    monkeypatch.setattr("throughcare.faces.web.away.room.LOOKS_EVERY_SECONDS", 0)
    page = phone.get(reverse("my_privacy"))
    assert page.status_code == 503 and "There is no room left to write" in page.text
    assert phone.post(reverse("my_help"), {"words": "", "callback": ""}).status_code == 302
    assert Crisis.objects.count() == 1
    assert phone.get(reverse("sign_in")).status_code != 503 and phone.get("/livez").status_code == 200
    assert phone.get("/readyz").status_code == 503
    monkeypatch.undo()


def test_the_reserve_is_held_let_go_and_held_again(data, monkeypatch):
    monkeypatch.setattr(room, "RESERVE_BYTES", room.MEGABYTE)
    free = {"now": 10**12}
    usage = room.shutil.disk_usage("/")
    monkeypatch.setattr(
        room.shutil, "disk_usage", lambda folder: usage._replace(total=10**12, free=free["now"])
    )
    assert room.keep_reserve() == "the reserve is held" and (data / "reserve").stat().st_size == room.MEGABYTE
    free["now"] = 0
    assert room.room().is_low and room.keep_reserve() == "the reserve was let go"
    assert room.keep_reserve() == "nothing to do" and not (data / "reserve").exists()
    free["now"] = 10**12
    assert room.keep_reserve() == "the reserve is held"


def test_a_file_that_a_dead_process_had_claimed_comes_again_and_raises_no_second_time(
    eve, phone, data, night
):
    here = reverse("my_help")
    form = the_form(phone, here, words="", callback="")
    with database_away():
        phone.post(here, form)
    (path,) = (data / FOLDER).iterdir()
    copy = path.read_bytes()
    raise_kept_calls(at=timezone.now())
    path.with_name(path.name + ".claimed").write_bytes(copy)  # as if it had died before taking it away
    assert raise_kept_calls(at=timezone.now()) == "nothing was kept"  # somebody may be at it
    os.utime(path.with_name(path.name + ".claimed"), (0, 0))
    assert raise_kept_calls(at=timezone.now()) == "1 raised"
    assert Crisis.objects.count() == 1 and not list((data / FOLDER).iterdir())


def test_what_nobody_can_open_stays_where_it_is(cast, data):
    (data / FOLDER).mkdir()
    (data / FOLDER / "1-broken").write_text(json.dumps({"not": "sealed"}))
    assert raise_kept_calls(at=NIGHT) == "nothing was kept"
    assert kept_calls() == 1


def test_the_actor_of_the_call_is_the_person(cast, eve, phone, night):
    here = reverse("my_help")
    form = the_form(phone, here, words="", callback="")
    with database_away():
        phone.post(here, form)
    raise_kept_calls(at=timezone.now())
    own = actor_for(Account.objects.get_by_natural_key("eve@mail.test").pk)
    assert Crisis.objects.get().recorded_by_id == own.account


def test_while_one_lane_fills_the_reserve_another_leaves_it_alone(data, monkeypatch):
    monkeypatch.setattr(room, "RESERVE_BYTES", room.MEGABYTE)
    with (data / f"{room.RESERVE}.new").open("ab") as others:
        fcntl.flock(others, fcntl.LOCK_EX)
        room.hold_reserve()
    assert (data / f"{room.RESERVE}.new").stat().st_size == 0 and not (data / room.RESERVE).exists()
    room.hold_reserve()
    assert [one.name for one in data.glob("reserve*")] == [room.RESERVE]
