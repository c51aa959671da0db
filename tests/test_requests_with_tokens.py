"""T-M2: there is no way in by token: who asks as an app would, with scopes, launches and audiences, gets nothing."""

import base64
import json
import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests.boards_cast import in_program
from tests.cast import MORNING, PASSWORD
from throughcare.pathway.family.invitations import invite_patient
from throughcare.records.consents import PatientAccount

pytestmark = pytest.mark.django_db
APP_PATHS = (
    *("/.well-known/smart-configuration", "/.well-known/openid-configuration", "/.well-known/jwks.json"),
    *("/authorize", "/token", "/introspect", "/revoke", "/register", "/oauth2/authorize", "/oauth2/token"),
    *("/fhir/metadata", "/fhir/.well-known/smart-configuration", "/fhir/$export", "/fhir/Patient/$export"),
)
ASKED = {
    "response_type": "code",
    "grant_type": "client_credentials",
    "client_id": "app",
    "scope": "patient/*.* system/*.* user/*.rs launch openid offline_access system:*",
    "aud": "https://elsewhere.test/fhir",
    "redirect_uri": "https://evil.test/back",
    "code": "1",
    "state": "x",
}
ELSEWHERE = (
    *(
        "https://evil.test/",
        "//evil.test/",
        "///evil.test",
        "https:evil.test",
        "/\\evil.test",
        "\\\\evil.test",
    ),
    *(
        "http://testserver@evil.test/",
        "javascript:alert(1)",
        "data:text/html,x",
        "/%09/evil.test",
        "\t//evil.test",
    ),
)


def made_up(**claims):
    """A token that says what it likes, signed by nobody."""
    parts = ({"alg": "none", "typ": "JWT"}, {"iss": "http://testserver", "exp": 4_102_444_800, **claims})
    return (
        ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in parts)
        + "."
    )


def tokens_for(account, patient):
    yield {
        "Authorization": f"Bearer {made_up(sub=str(account.uid), patient=str(patient), scope='patient/*.*')}"
    }
    yield {"Authorization": f"Bearer {account.pk}"}
    yield {"Authorization": "Basic " + base64.b64encode(f"{account.email}:{PASSWORD}".encode()).decode()}
    yield {"X-Api-Key": str(account.uid), "X-Access-Token": made_up(sub=account.email)}


@pytest.fixture
def two(cast):
    """Two patients with accounts; the first is signed in."""
    found = []
    for name in ("ana", "lee"):
        person = in_program(cast, name.title(), f"Test{name}")
        invite_patient(person.uid, email=f"{name}@mail.test", by=cast.clinician, at=MORNING)
        found.append((person, PatientAccount.objects.get(patient__uid=person.uid).account))
    browser = Client()
    browser.force_login(found[0][1])
    return browser, *found


def test_m2_no_address_gives_or_takes_a_token(two):
    """Signed in or not, with whatever scope, launch, audience or redirect: no such address, and no token comes back."""
    browser, (ana, _), (lee, account) = two
    paths = [
        *APP_PATHS,
        f"/fhir/Patient/{lee.uid}",
        f"/fhir/Patient/{lee.uid}/$everything",
        f"/fhir/Patient/{ana.uid}",
    ]
    words, stranger = {**ASKED, "launch": str(lee.uid), "patient": str(lee.uid)}, Client()
    for path in paths:
        for answer in (browser.get(path, words), stranger.post(path, words)):
            assert answer.status_code == 404, path
            assert b"access_token" not in answer.content
            assert "Testlee" not in answer.content.decode()
    assert account.email not in browser.get(APP_PATHS[0]).content.decode()


def test_m2_a_token_is_no_sign_in(two):
    """A header opens no page that asks for a sign-in, and moves nobody who is signed in to somebody else."""
    browser, _, (lee, account) = two
    for headers in tokens_for(account, lee.uid):
        for name in ("my_sessions", "my_record", "my_week", "me"):
            answer = Client().get(reverse(name), headers=headers)
            assert answer.status_code == 302, name
            assert answer.url.startswith(reverse("sign_in"))
            assert not answer.cookies.get("sessionid")
        page = browser.get(reverse("me"), headers=headers).content.decode()
        assert account.email not in page
        assert browser.get(reverse("my_record_fhir", args=[uuid4()]), headers=headers).status_code == 404


def test_m2_nobody_is_led_elsewhere_by_what_an_address_says(two):
    """Signing in, and pages that lead on, go nowhere but to this program."""
    _, (_, account), _ = two
    for target in ELSEWHERE:
        for words in ({"next": target}, {"next": target, "redirect_uri": target, "return_to": target}):
            client = Client()
            answer = client.post(
                reverse("sign_in"),
                {"email": account.email, "password": PASSWORD, **words},
                query_params=words,
            )
            leads = answer.headers.get("Location", "/")
            assert re.match(r"/(?![/\\])", leads), (target, leads)
            assert "evil" not in leads.partition("?")[0]


def test_m2_the_addresses_that_speak_fhir_are_those_that_ask_for_a_sign_in():
    """A new one fails here until its tests of scopes, compartments and tokens stand beside it."""
    speaking = {
        one.name: one.callback.route
        for one in get_resolver().url_patterns
        if re.search(r"fhir|oauth|smart|scim|graphql|/api/", f"{one.name} {one.pattern}")
    }
    assert set(speaking) == {"my_record_fhir"}
    assert not any(route.public for route in speaking.values())
