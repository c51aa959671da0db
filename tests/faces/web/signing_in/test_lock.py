"""The lock: after a quarter of an hour nothing is shown, and nothing that was written is lost."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD
from tests.faces.web.signing_in.conftest import code, come_in, give_password
from throughcare.faces.web.door.verdict import BACKGROUND
from throughcare.pathway.signing_in.factors import enrol_known_app
from throughcare.records.people import Account
from throughcare.records.signing_in import HeldForm, SignIn

pytestmark = pytest.mark.django_db
FORM = {"topic": "x", "words": "He said that the nights are the worst."}


def at_work(client, carla, clock):
    come_in(client, clock)
    return client


def test_it_locks_after_fifteen_idle_minutes_and_shows_nothing(client, carla, clock):
    at_work(client, carla, clock)
    clock.later(minutes=14)
    assert client.get(reverse("today")).status_code == 200
    clock.later(minutes=16)
    answer = client.get(reverse("today"))
    shown = answer.content.decode()
    assert answer.status_code == 401
    assert "Locked" in shown and "Today" not in shown and "Carla" not in shown
    assert client.get(reverse("census")).status_code == 401


@pytest.mark.parametrize("proof", ["password", "code"])
def test_it_unlocks_by_password_or_code_and_goes_on_where_it_was(client, carla, clock, proof):
    at_work(client, carla, clock)
    clock.later(minutes=20)
    client.get(reverse("census"))
    given = PASSWORD if proof == "password" else code(clock)
    answer = client.post(reverse("unlock"), {"proof": given, "next": reverse("census")})
    assert answer.url == reverse("census")
    assert client.get(answer.url).status_code == 200


def test_a_wrong_proof_leaves_it_locked(client, carla, clock):
    at_work(client, carla, clock)
    clock.later(minutes=20)
    assert client.post(reverse("unlock"), {"proof": "not the password"}).status_code == 401
    assert client.get(reverse("today")).status_code == 401


def test_polls_and_made_up_parameters_keep_nothing_awake(client, carla, clock):
    at_work(client, carla, clock)
    for _ in range(4):
        clock.later(minutes=4)
        client.get(
            reverse("today") + "?skip_timeout_reset=1&keep_alive=1",
            headers={BACKGROUND: "1"},
        )
    assert client.get(reverse("today") + "?locked=0&seen=9999999999").status_code == 401


def test_work_keeps_it_awake_but_not_beyond_twelve_hours(client, carla, clock):
    at_work(client, carla, clock)
    for _ in range(12 * 6):
        clock.later(minutes=10)
        assert client.get(reverse("today")).status_code == 200
    clock.later(minutes=10)
    answer = client.get(reverse("today"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("sign_in"))


def test_a_form_that_arrives_locked_is_kept_sealed_and_offered_back(client, carla, clock):
    at_work(client, carla, clock)
    path = reverse("hold_form")
    clock.later(minutes=20)
    answer = client.post(path, FORM)
    assert answer.status_code == 401
    assert "What you wrote is kept" in answer.content.decode()
    held = HeldForm.objects.get()
    assert "nights" not in held.fields
    assert (held.ends_at - clock.now).total_seconds() == 24 * 3600
    assert client.post(reverse("unlock"), {"proof": PASSWORD}).url == reverse("kept_forms")
    page = client.get(reverse("kept_forms")).content.decode()
    assert "He said that the nights are the worst." in page
    assert f'action="{path}"' in page
    client.post(path, {**FORM, "held": str(held.uid)})
    assert not HeldForm.objects.exists()


def test_what_is_kept_is_for_its_writer_alone(client, carla, clock, cast):
    at_work(client, carla, clock)
    clock.later(minutes=20)
    client.post(reverse("lock"), FORM)
    held = HeldForm.objects.get()
    felix = Client()
    felix.force_login(Account.objects.get(pk=cast.facilitator.account))
    assert "nights" not in felix.get(reverse("kept_forms")).content.decode()
    felix.post(reverse("drop_form", args=[held.uid]))
    assert HeldForm.objects.filter(pk=held.pk).exists()


def test_what_nobody_came_back_for_is_gone_after_a_day(client, carla, clock):
    from throughcare.pathway.signing_in.sign_ins import sweep_sessions

    at_work(client, carla, clock)
    clock.later(minutes=20)
    client.post(reverse("lock"), FORM)
    clock.later(hours=24)
    sweep_sessions(at=clock.now)
    assert not HeldForm.objects.exists()
    assert not Session.objects.exists()


def test_proofs_are_never_kept(client, carla, clock):
    at_work(client, carla, clock)
    clock.later(minutes=20)
    client.post(reverse("change_password"), {"proof": PASSWORD, "password": "another long pass phrase"})
    assert not HeldForm.objects.exists()


def test_the_page_itself_may_have_its_form_kept_and_lock(client, carla, clock):
    at_work(client, carla, clock)
    body = {**FORM, "kept-path": reverse("sign_out")}
    assert client.post(reverse("hold_form"), body).status_code == 204
    assert client.post(reverse("hold_form"), {**FORM, "kept-path": "/nowhere/at-all"}).status_code == 204
    assert HeldForm.objects.get().path == reverse("sign_out")
    client.post(reverse("lock"))
    assert client.get(reverse("today")).status_code == 401


def test_a_fragment_of_a_locked_page_loads_the_page_anew(client, carla, clock):
    at_work(client, carla, clock)
    clock.later(minutes=20)
    answer = client.get(reverse("today"), headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Refresh"], answer.content) == (401, "true", b"")


def test_a_stolen_cookie_on_another_device_is_asked_who_is_there(client, carla, clock):
    at_work(client, carla, clock)
    thief = Client(headers={"User-Agent": "Mozilla/5.0 (iPhone) Safari/605"})
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert thief.get(reverse("today")).status_code == 401


def test_the_database_holds_neither_the_cookie_nor_what_the_session_says(client, carla, clock):
    at_work(client, carla, clock)
    rows = [(row.session_key, row.session_data) for row in Session.objects.all()]
    words = " ".join(part for row in rows for part in row)
    assert client.cookies["sessionid"].value not in words
    assert "_auth_user" not in words and "door" not in words


def test_sign_ins_are_listed_in_words_and_ended_at_once(client, carla, clock):
    phone = Client(headers={"User-Agent": "Mozilla/5.0 (Android 15) Chrome/140 Mobile Safari/537"})
    come_in(phone, clock)
    clock.later(seconds=60)
    come_in(client, clock)
    page = client.get(reverse("me")).content.decode()
    assert "Chrome on Android" in page
    row = SignIn.objects.get(device="Chrome on Android")
    client.post(reverse("end_sign_in", args=[row.uid]))
    assert phone.get(reverse("today")).status_code == 302
    assert client.get(reverse("today")).status_code == 200


def test_nobody_ends_the_sign_in_of_someone_else(client, carla, clock, cast):
    come_in(client, clock)
    felix = Client()
    felix.force_login(Account.objects.get(pk=cast.facilitator.account))
    assert felix.post(reverse("end_sign_in", args=[SignIn.objects.get().uid])).status_code == 404
    assert client.get(reverse("today")).status_code == 200


def test_all_other_sign_ins_end_together(client, carla, clock):
    others = [Client(), Client()]
    for other in others:
        come_in(other, clock)
        clock.later(seconds=60)
    come_in(client, clock)
    client.post(reverse("end_other_sign_ins"))
    assert [one.get(reverse("today")).status_code for one in others] == [302, 302]
    assert client.get(reverse("today")).status_code == 200


def test_another_password_signs_out_everywhere_else(client, carla, clock):
    other = Client()
    come_in(other, clock)
    clock.later(seconds=60)
    come_in(client, clock)
    form = {"proof": PASSWORD, "password": "twelve wild geese"}
    assert client.post(reverse("change_password"), form).status_code == 302
    assert other.get(reverse("today")).status_code == 302
    assert client.get(reverse("today")).status_code == 200
    assert give_password(Client(), password=PASSWORD).status_code == 422
    assert give_password(Client(), password="twelve wild geese").status_code == 302


def test_a_suspended_person_is_out_at_the_next_request(client, carla, clock, cast):
    from throughcare.pathway.clinic.clinic import suspend_staff

    come_in(client, clock)
    suspend_staff(carla.uid, by=cast.admin, at=clock.now)
    assert client.get(reverse("today")).status_code == 302
    assert not SignIn.objects.filter(ended_at__isnull=True).exists()
    assert give_password(Client()).status_code == 422


def test_signing_out_clears_what_the_browser_kept(client, carla, clock):
    come_in(client, clock)
    answer = client.post(reverse("sign_out"))
    assert '"storage"' in answer.headers["Clear-Site-Data"]
    assert SignIn.objects.get().ended_at == clock.now


def test_a_session_key_is_never_taken_from_outside(client, carla, clock):
    client.cookies["sessionid"] = "a" * 32
    come_in(client, clock)
    assert client.cookies["sessionid"].value != "a" * 32


def test_a_second_step_set_up_later_does_not_open_an_old_half_way(client, cast, clock):
    give_password(client)
    enrol_known_app("carla@harbor.test", secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", at=clock.now)
    assert client.get(reverse("today")).url == reverse("protect")
