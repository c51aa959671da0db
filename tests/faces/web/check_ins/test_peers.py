"""T-G2: who sits in the same video session learns nothing of the others: no name, address, number or id."""

import re

import pytest
from django.urls import get_resolver, reverse

from tests.cast import at
from tests.faces.web.check_ins.conftest import answers
from throughcare.records.check_ins import Presence
from throughcare.records.consents import PatientAccount
from throughcare.records.people import Patient

pytestmark = pytest.mark.django_db
WHERE_OTHERS_ARE = ("my_sessions", "my_week", "my_community", "my_milestones", "my_mentor", "my_here")


def pages_near_the_session(session):
    """Every page of a patient about the session, and those where others could be met. The prober asks all pages."""
    yield from (reverse(name) for name in WHERE_OTHERS_ARE)
    for pattern in get_resolver().url_patterns:
        words, route = str(pattern.pattern), pattern.callback.route
        is_about_it = words.count("<") == 1 and "<uuid:session>" in words
        if is_about_it and "GET" in route.methods and "patient" in route.roles:
            yield reverse(pattern.name, args=[session])


def marks_of(person):
    """All by which somebody could be known, as patterns."""
    row = Patient.objects.get(pk=person.key)
    account = PatientAccount.objects.get(patient=row).account
    joined = [one.uid for one in Presence.objects.filter(patient=row)]
    plain = [row.given_name, row.family_name, row.preferred_name, account.email, "14 Elm Court"]
    ids = [str(one) for one in (row.uid, account.uid, *joined)]
    return [re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE) for word in [*plain, *ids] if word]


def told(answer):
    """All that an answer says: its body and its headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace") + "\n".join(
        f"{name}: {said}" for name, said in answer.headers.items()
    )


def test_a_peer_in_the_room_is_nobody_on_ones_own_pages(evening):
    """Ana and Lee are in the same video session, Lee has checked in with words; Ana reads all that she may."""
    Patient.objects.filter(pk=evening.people["lee"].key).update(preferred_name="Leander")
    ana, lee = evening.phone("ana"), evening.phone("lee")
    lee.post(evening.url("my_check_in"), answers(words="Fought with my sister Quinta"))
    links = []
    for phone, place in ((lee, "14 Elm Court"), (ana, "Home")):
        phone.post(evening.url("my_join"), {"place": place})
        page = phone.get(evening.url("my_joining")).content.decode()
        links += re.findall(r'href="(https://[^"]+)"', page)
    evening.now(at(17, 40))
    opened = 0
    marks = [*marks_of(evening.people["lee"]), re.compile("Quinta")]
    for path in pages_near_the_session(evening.session):
        answer = ana.get(path)
        opened += answer.status_code == 200
        found = [mark.pattern for mark in marks if mark.search(told(answer))]
        assert found == [], path
    assert opened >= 9
    # The way to the video is the session's own: it carries neither name nor number of who takes it.
    assert [link for link in links if "harbor" in link] == ["https://meet.harbor.test/evening"] * 2


def test_a_peers_page_beside_the_video_opens_for_nobody_else(evening):
    lee = evening.phone("lee")
    lee.post(evening.url("my_join"), {"place": "14 Elm Court"})
    assert evening.phone("ana").get(evening.url("my_joining")).status_code == 404
    assert evening.phone("sam").get(evening.url("my_joining")).status_code == 404
