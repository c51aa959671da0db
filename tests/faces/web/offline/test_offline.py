"""What a phone keeps and sends later: for its owner alone, once, and nothing of anyone where nobody chose so."""

import base64
import json
import os
import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.urls import reverse

from tests.boards_cast import in_program
from tests.cast import MONDAY, at
from throughcare.faces.web.later.arriving import said_at
from throughcare.faces.web.later.sealed_box import INFO, NotOurs, open_box, public_key
from throughcare.faces.web.offline.pages import OFFLINE_PAGES, kept_addresses
from throughcare.faces.web.offline.worker import worker_script
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.safety_plan.writing import NewPlan, save_plan
from throughcare.records.crises import Crisis
from throughcare.records.daily import DailyCheckIn
from throughcare.records.people import Account

pytestmark = pytest.mark.django_db
EVENING = at(21, 30)


def seal(key: str, fields: list[tuple[str, str]]) -> str:
    """As the page does it (static/throughcare/js/kept_store.js)."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.b64decode(key))
    ours, nonce = ec.generate_private_key(ec.SECP256R1()), os.urandom(12)
    derived = HKDF(algorithm=SHA256(), length=32, salt=b"", info=INFO).derive(
        ours.exchange(ec.ECDH(), theirs)
    )
    point = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    words = json.dumps(fields).encode()
    return base64.b64encode(point + nonce + AESGCM(derived).encrypt(nonce, words, None)).decode()


@pytest.fixture
def evening():
    with time_machine.travel(EVENING, tick=False) as clock:
        yield clock


@pytest.fixture
def two(cast, evening):
    """Eve and Finn, each in the program with an account; Eve has a safety plan."""
    people = []
    for given in ("Eve", "Finn"):
        patient = in_program(cast, given, "Lund")
        invite_patient(patient.uid, email=f"{given.lower()}@mail.test", by=cast.clinician, at=EVENING)
        people.append(patient)
    words = {"signs": ["I stop answering"], "people": ["Ida 212-555-0156"]}
    save_plan(people[0].uid, "safety", NewPlan(words), by=cast.clinician, at=EVENING)
    return people


def enter(client, email):
    client.force_login(Account.objects.get_by_natural_key(email))
    return client


def test_a_check_in_that_waited_is_opened_for_its_writer_alone_and_kept_once_on_its_own_day(
    two, evening, client
):
    enter(client, "eve@mail.test")
    key = client.get(reverse("my_later")).json()["key"]
    once = str(uuid4())
    path = reverse("my_daily")
    sealed = seal(key, [("later-path", path), ("once", once), ("words", "I want to kill myself")])
    evening.shift(timedelta(hours=10))  # the next morning, on line again

    enter(client, "finn@mail.test")
    assert client.post(reverse("open_later"), {"sealed": sealed}).status_code == 409
    assert not DailyCheckIn.objects.exists()

    enter(client, "eve@mail.test")
    whose = client.get(reverse("my_later")).json()["whose"]
    enter(client, "finn@mail.test")  # came in between the two requests
    assert client.post(path, {"once": once, "words": "hers", "later_whose": whose}).status_code == 409
    assert not DailyCheckIn.objects.exists()
    enter(client, "eve@mail.test")
    for _ in range(3):
        answer = client.post(reverse("open_later"), {"sealed": sealed})
        assert "no-store" in answer["Cache-Control"]
        fields = dict(answer.json()["fields"])
        sent = client.post(fields.pop("later-path"), {**fields, "later_whose": whose, "later_age": 10 * 3600})
        assert sent.status_code == 302
    kept = DailyCheckIn.objects.get()
    assert (kept.local_day, kept.retired_at) == (MONDAY, None)
    assert Crisis.objects.get().source == "check_in"  # words of a crisis still call a human, once


def test_what_was_said_since_stands_and_what_waited_is_kept_beside_it(two, evening, client):
    enter(client, "eve@mail.test")
    client.post(reverse("my_daily"), {"mood": "4", "words": "Said at nine"})
    late = client.post(reverse("my_daily"), {"words": "Written at eight", "later_age": 5400})
    assert late.status_code == 302
    assert [row.answers["words"] for row in DailyCheckIn.objects.filter(retired_at__isnull=True)] == [
        "Said at nine"
    ]
    assert DailyCheckIn.objects.count() == 2


def test_how_old_a_form_is_counts_a_week_at_most_and_never_into_the_future(rf):
    def of(age):
        return EVENING - said_at(rf.post("/", {"later_age": age}), at=EVENING)

    assert (of("60"), of("-60"), of("x")) == (timedelta(minutes=1), timedelta(), timedelta())
    assert of("9999999999") == timedelta(days=7) and of("9" * 400) == timedelta()


@pytest.mark.parametrize(
    "sealed", ["", "no base64!", "AAAA", base64.b64encode(b"x" * 200).decode(), "A" * 300_000]
)
def test_sealed_words_that_are_cut_or_made_up_open_nowhere(sealed):
    with pytest.raises(NotOurs):
        open_box(uuid4(), sealed)
    mine = uuid4()
    right = seal(public_key(mine), [("a", "b")])
    assert open_box(mine, right) == [("a", "b")]
    with pytest.raises(NotOurs):
        open_box(mine, right[:-8])


def test_the_worker_keeps_pages_that_say_nothing_and_lists_those_of_a_person_apart(two, client):
    script = client.get("/sw.js")
    assert script["Content-Type"].startswith("text/javascript") and script["Cache-Control"] == "no-cache"
    assert worker_script("en") != worker_script("es") == worker_script("es")
    kept, own = kept_addresses(own=False), kept_addresses(own=True)
    assert {"/no-connection", "/help-without-connection", "/safety-plan"} <= set(kept)
    assert reverse("my_daily") in own and not set(kept) & set(own)
    for path in kept:  # what is kept is fetched by nobody: it may not need anyone
        page = client.get(path)
        assert page.status_code == 200 and "Harbor" not in page.text and "own-side" not in page.text
    assert len({page.route for page in OFFLINE_PAGES}) == len(OFFLINE_PAGES)
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["display"] == "standalone" and "Harbor" not in json.dumps(manifest)
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}


def test_the_plan_that_a_phone_keeps_is_the_plan_and_no_more(two, client):
    enter(client, "eve@mail.test")
    page = client.get(reverse("my_plan_to_keep")).text
    assert "I stop answering" in page and 'href="tel:' in page
    assert "Your sessions" not in page
    assert "own-side" in client.get(reverse("my_phone")).text


def test_every_page_near_a_person_has_the_quick_way_out_and_leaving_signs_out(two, client):
    assert "data-quick-exit" in client.get(reverse("sign_in")).text
    enter(client, "eve@mail.test")
    for route in ("my_help", "my_daily", "my_safety_plan", "me", "my_phone"):
        assert "data-quick-exit" in client.get(reverse(route)).text, route
    assert client.post(reverse("leave")).status_code == 204
    assert client.get(reverse("my_help")).status_code == 302
    enter(client, "carla@harbor.test")
    assert "data-quick-exit" not in client.get(reverse("today")).text


def test_signing_out_wipes_a_phone_that_is_nobodys_own_and_leaves_the_plan_on_ones_own(two, client):
    enter(client, "eve@mail.test")
    assert '"storage"' in client.post(reverse("sign_out"))["Clear-Site-Data"]
    enter(client, "eve@mail.test")
    client.cookies["own_phone"] = "1"
    assert client.post(reverse("sign_out"))["Clear-Site-Data"] == '"cache"'


@pytest.mark.parametrize(
    "name", ["front_door", "ask_for_help", "sign_in", "my_week", "my_safety_plan", "my_help"]
)
def test_what_a_page_loads_first_is_less_than_a_hundred_kilobytes(two, client, name):
    if name.startswith("my_"):
        enter(client, "eve@mail.test")
    page = client.get(reverse(name))
    assert page.status_code == 200
    sent = len(page.content)
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+[.](?:css|js|svg))"', page.text))
    for address in files:
        file = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert (file.status_code, file["Content-Encoding"]) == (200, "gzip"), address
        sent += len(b"".join(file))
    assert len(files) > 5 and 10_000 < sent < 100_000
    assert "Content-Encoding" not in page
