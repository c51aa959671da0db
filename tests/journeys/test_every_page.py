"""Every page, as each role that may use it sees it, on a phone and on a desk."""

import re

import pytest
from django.urls import get_resolver, reverse

from tests.journeys.settled import NOW, settle
from tests.journeys.settled_privacy import PEOPLE
from tests.journeys.walker import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WHO = {
    "admin": "alex@harbor.test",
    "admissions": "ada@harbor.test",
    "biller": "bo@harbor.test",
    "case_manager": "cam@harbor.test",
    "clinician": "carla@harbor.test",
    "compliance": "omar@harbor.test",
    "director": "dana@harbor.test",
    "facilitator": "felix@harbor.test",
    "front_desk": "rena@harbor.test",
    "nurse": "nia@harbor.test",
    "prescriber": "priya@harbor.test",
    "reviewer": "rita@harbor.test",
    **PEOPLE,
}
# Pages that show more when they are asked something.
ASKED = {
    "diagnoses": "?q=alcohol",
    "kept_apart": "?q=Gus",
    "lens": "?who=patient",
    "new_measure": "?code=bam",
    "search": "?q=Ana",
    "session_notes": "?missing=shown",
}
# Addresses that lead elsewhere by design; the last two are walked in test_signing_in.py.
LEADING_ELSEWHERE = {"home", "first_run", "compare_plans", "second_step", "kiosk"}


@pytest.fixture
def subjects(cast, clock):
    found = settle(cast)
    clock.set(NOW)
    return found


def addresses(subjects, *, may_use, role=""):
    """The name and path of every page for which `may_use(route)`; a placeholder nobody stands for fails."""
    for pattern in get_resolver().url_patterns:
        route = pattern.callback.route
        if "GET" not in route.methods or pattern.name in LEADING_ELSEWHERE or not may_use(route):
            continue
        names = re.findall(r"<\w+:(\w+)>", str(pattern.pattern))
        words = [named(subjects, pattern.name, name, role) for name in names]
        assert None not in words, f"nothing in settled.py stands for {names} of “{pattern.name}”: {words}"
        path = reverse(pattern.name, args=words)
        yield pattern.name, path
        if pattern.name in ASKED:
            yield pattern.name, path + ASKED[pattern.name]


def named(subjects, route, name, role):
    """What a placeholder stands for: on this page, for this role, or anywhere."""
    own = subjects.get(f"{role}.{name}", subjects.get(name))
    return subjects.get(f"{route}.{name}", own)


def visit(walker, found):
    """Look at each page at both widths; what goes wrong, in all of them."""
    wrong = []
    for name, path in found:
        try:
            see(walker, name, path)
        except AssertionError as error:
            wrong.append(f"{name}: {error}")
        walker.troubles.clear()
    return wrong


def see(walker, name, path):
    answer = walker.context.request.get(path)
    assert answer.status == 200, f"{answer.status} for {path}"
    assert answer.body(), f"{path} is empty"
    assert answer.url == walker.home + path, f"{path} leads to {answer.url}"
    if not answer.headers["content-type"].startswith("text/html"):
        return
    walker.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    # The browser is handed this very answer: the program need not make the page a second time.
    walker.page.route(walker.home + path, lambda route: route.fulfill(response=answer), times=1)
    walker.go(path)
    walker.examine(name)
    walker.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    walker.examine(name)


@pytest.mark.parametrize("role", WHO)
def test_every_page_of_a_role_can_be_used(subjects, someone, role):
    walker = someone(WHO[role])
    wrong = visit(walker, addresses(subjects, may_use=lambda route: role in route.roles, role=role))
    assert wrong == [], "\n\n".join(wrong)


def test_every_public_page_can_be_used(subjects, someone):
    wrong = visit(someone(), addresses(subjects, may_use=lambda route: route.public))
    assert wrong == [], "\n\n".join(wrong)


def test_nobody_sees_a_page_of_the_staff_without_signing_in(subjects, someone):
    stranger = someone()
    for name, path in addresses(subjects, may_use=lambda route: not route.public):
        answer = stranger.context.request.get(path, max_redirects=0)
        assert (answer.status, answer.headers.get("location", "").partition("?")[0]) == (302, "/sign-in"), (
            name
        )
    stranger.go(reverse("census"))
    stranger.look("sign-in", "Sign in")
    assert stranger.path == "/sign-in"


def test_every_role_of_the_staff_is_walked():
    used = {role for pattern in get_resolver().url_patterns for role in pattern.callback.route.roles}
    assert used == set(WHO)
