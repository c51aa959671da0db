"""Links that set a password: used once, soon, in the right browser, and never by merely opening them."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD
from tests.faces.web.signing_in.conftest import CARLA, code, come_in, give_password
from throughcare.pathway.signing_in.door_mail import SUBJECT, WORDS, send_door_mail
from throughcare.records.people import Account
from throughcare.records.signing_in import DoorMail, SignInLink

pytestmark = pytest.mark.django_db
NEW = "twelve wild geese over the river"


def mail_sent(at):
    said = []
    send_door_mail(at=at, send=lambda *one: said.append(one), link_address=lambda token: token)
    return said


def asked(client, clock, email=CARLA):
    assert client.post(reverse("forgotten"), {"email": email}).url == reverse("link_sent")
    lines = [words for to, _, words in mail_sent(clock.now) if to == email]
    return reverse("link", args=[lines[0].split("\n\n")[1]]) if lines else ""


def test_asking_answers_the_same_for_known_and_unknown(client, carla, clock):
    known = client.post(reverse("forgotten"), {"email": CARLA})
    unknown = client.post(reverse("forgotten"), {"email": "nobody@harbor.test"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert SignInLink.objects.count() == DoorMail.objects.count() == 2
    assert len(mail_sent(clock.now)) == 1


def test_opening_a_link_changes_nothing_and_its_token_is_not_stored(client, carla, clock):
    url = asked(client, clock)
    for _ in range(3):
        assert client.get(url).status_code == 200
    row = SignInLink.objects.get()
    assert row.used_at is None
    assert url.rsplit("/", 1)[1] not in f"{row.token_mark} {DoorMail.objects.get().words}"
    assert give_password(Client()).status_code == 302


def test_a_reset_asks_the_second_step_and_keeps_it(client, carla, clock):
    url = asked(client, clock)
    assert client.post(url, {"password": NEW}).status_code == 422
    assert client.post(url, {"password": NEW, "code": "000000"}).status_code == 422
    assert give_password(Client(), password=PASSWORD).status_code == 302
    assert client.post(url, {"password": NEW, "code": code(clock)}).url == reverse("sign_in")
    assert give_password(Client(), password=NEW).url == reverse("second_step")


def test_a_link_works_once(client, carla, clock):
    url = asked(client, clock)
    client.post(url, {"password": NEW, "code": code(clock)})
    assert client.get(url).status_code == 410
    clock.later(seconds=30)
    assert client.post(url, {"password": NEW + "!", "code": code(clock)}).status_code == 410


def test_a_link_lasts_ten_minutes(client, carla, clock):
    url = asked(client, clock)
    clock.later(minutes=9, seconds=59)
    assert client.get(url).status_code == 200
    clock.later(seconds=2)
    assert client.get(url).status_code == 410


def test_a_forwarded_link_does_not_open_in_another_browser(client, carla, clock):
    url = asked(client, clock)
    answer = Client().get(url)
    assert answer.status_code == 410
    assert "in the browser in which you asked" in answer.content.decode()


def test_a_reset_ends_every_session_and_the_person_is_told(client, carla, clock):
    busy = come_in(Client(), clock)
    clock.later(seconds=30)
    client.post(asked(client, clock), {"password": NEW, "code": code(clock)})
    assert busy.get(reverse("today")).status_code == 302
    assert DoorMail.objects.filter(kind="password_changed").count() == 1


def test_at_most_three_links_an_hour_are_sent(client, carla, clock):
    assert [bool(asked(client, clock)) for _ in range(5)] == [True, True, True, False, False]
    clock.later(minutes=61)
    assert asked(client, clock)


def test_a_link_that_could_not_be_sent_in_time_is_not_sent(client, carla, clock):
    client.post(reverse("forgotten"), {"email": CARLA})
    assert mail_sent(clock.later(minutes=11)) == []


def test_a_mail_server_that_is_away_is_tried_again(client, carla, clock):
    client.post(reverse("forgotten"), {"email": CARLA})

    def away(*_):
        raise ConnectionRefusedError("carla@harbor.test")

    said = send_door_mail(at=clock.now, send=away, link_address=str)
    assert said == "0 sent, 1 failed"
    assert DoorMail.objects.get().trouble == "ConnectionRefusedError"
    assert len(mail_sent(clock.now)) == 1


@pytest.mark.parametrize("kind", WORDS)
def test_messages_name_no_clinic_and_no_treatment(kind):
    loud = (
        "harbor",
        "clinic",
        "patient",
        "treatment",
        "recovery",
        "program",
        "therap",
        "care",
        "health",
        "addict",
    )
    words = f"{SUBJECT} {WORDS[kind]}".casefold()
    assert [word for word in loud if word in words] == []


def test_someone_invited_chooses_a_password_that_nobody_else_knows(client, cast, clock):
    from throughcare.pathway.clinic.founding import NewStaff, hire

    hire(
        cast.site,
        NewStaff("Ivy", "Lane", "ivy@harbor.test", ("nurse",)),
        password=None,
        by=cast.admin,
        at=clock.now,
    )
    ivy = Account.objects.get_by_natural_key("ivy@harbor.test")
    assert give_password(client, "ivy@harbor.test", "").status_code == 422
    admin = Client()
    admin.force_login(Account.objects.get(pk=cast.admin.account))
    page = admin.post(reverse("invite", args=[ivy.uid]))
    url = page.context["address"].split(":8000")[1]
    assert client.post(url, {"password": "ivy lane 2026 ivy"}).status_code == 422
    assert client.post(url, {"password": NEW}).url == reverse("sign_in")
    assert give_password(client, "ivy@harbor.test", NEW).status_code == 302
    assert client.get(reverse("today")).url == reverse("protect")
    assert Client().get(url).status_code == 410


def test_an_admin_of_another_clinic_invites_nobody_here(cast, carla, clock):
    from tests.cast import gather_cast

    other = gather_cast("Other House", mail_host="other.test")
    admin = Client()
    admin.force_login(Account.objects.get(pk=other.admin.account))
    for name in ("account", "invite", "lost_factor", "give_role"):
        method = admin.post if name == "invite" else admin.get
        assert method(reverse(name, args=[carla.uid])).status_code == 404, name


def test_a_lost_second_step_needs_two_people(cast, carla, clock):
    from throughcare.pathway.cannot import Cannot
    from throughcare.pathway.signing_in import access
    from throughcare.pathway.signing_in.factors import has_factor

    access.start_factor_recovery(carla.uid, reason="She stood here.", by=cast.admin, at=clock.now)
    (waiting,) = access.open_recoveries(by=cast.admin)
    with pytest.raises(Cannot, match="second administrator"):
        access.agree_to_recovery(waiting.uid, by=cast.admin, at=clock.now)
    assert has_factor(carla.pk)
    with pytest.raises(Cannot, match="waits for a second person"):
        access.start_factor_recovery(carla.uid, reason="Again.", by=cast.director, at=clock.now)
    with pytest.raises(Cannot, match="Only an administrator"):
        access.agree_to_recovery(waiting.uid, by=cast.nurse, at=clock.now)
    access.agree_to_recovery(waiting.uid, by=cast.director, at=clock.now)
    assert not has_factor(carla.pk)
    assert [row.kind for row in DoorMail.objects.order_by("pk")] == ["factor_lost", "factor_changed"]


def test_nobody_recovers_their_own_second_step(cast, clock):
    from throughcare.pathway.cannot import Cannot
    from throughcare.pathway.signing_in import access

    with pytest.raises(Cannot, match="nobody recovers their own"):
        access.start_factor_recovery(cast.admin.account_uid, reason="Me.", by=cast.admin, at=clock.now)
