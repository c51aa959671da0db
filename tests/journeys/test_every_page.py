"""Every page, as each role that may use it sees it, on a phone and on a desk."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from tests.journeys.clean import clean, mark_of
from tests.journeys.settled import NOW, settle
from tests.journeys.settled_privacy import PEOPLE
from tests.journeys.shapes import among, pieces_of
from tests.journeys.walker import CHANGING, DESK, PHONE
from tests.remembered import recall_cast

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
    "curriculum": "?print=1",
    "diagnoses": "?q=alcohol",
    "kept_apart": "?q=Gus",
    "lens": "?who=patient",
    "new_measure": "?code=bam",
    "prepare_session": "?print=1",
    "search": "?q=Ana",
    "session_notes": "?missing=shown",
}
# What tells in a page's head, its navigation and its switch of languages which page it is.
WHERE_ONE_IS = re.compile(r"<title>[^<]*</title>| aria-current=\"[^\"]*\"|name=\"back\" value=\"[^\"]*\"")
# Addresses that lead elsewhere by design; the kiosk's and the second step are walked in journeys of their own.
LEADING_ELSEWHERE = {
    *("home", "first_run", "compare_plans", "second_step", "kiosk", "here", "kiosk_check_in"),
    *("on_call", "family_help"),
}
# Asked by an open page again and again; it says yes without a page of its own (tests/journeys/test_a_mother.py).
LEADING_ELSEWHERE |= {"family_still"}
# On to the first question that is open.
LEADING_ELSEWHERE |= {"my_questionnaire", "questions_of", "aloud"}


# What this process remembers: nothing, or what stands for each placeholder with a copy of the whole database.
_SETTLED = []


@pytest.fixture
def subjects(db, clock):
    """The clinic with everything in it, told once and put back as a whole for each role."""
    connection.ensure_connection()
    if not _SETTLED:
        found, copy = settle(recall_cast()), connection.Database.connect(":memory:")
        connection.connection.backup(copy)
        _SETTLED.append((found, copy))
    found, copy = _SETTLED[0]
    copy.backup(connection.connection)
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
    asking, wrong = same_cookies(walker), []
    for name, path in found:
        try:
            see(walker, asking, name, path)
        except AssertionError as error:
            wrong.append(f"{name}: {error}")
        walker.troubles.clear()
    return wrong


def same_cookies(walker):
    """Asks as the browser would, without one: what it gets tells whether the page is worth a look."""
    client = Client(headers={"user-agent": walker.page.evaluate("navigator.userAgent")})
    client.cookies.load({one["name"]: one["value"] for one in walker.context.cookies()})
    return client


def see(walker, asking, name, path):
    answer = asking.get(path)
    assert answer.status_code == 200, f"{answer.status_code} for {path} {answer.headers.get('location', '')}"
    body = answer.getvalue()
    assert body, f"{path} is empty"
    if not answer.headers["content-type"].startswith("text/html"):
        return
    marks = marks_as_served(name, body.decode())
    if not clean.lacks(marks):
        return  # it was walked at both widths for somebody else, with other words at most
    walker.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    walker.go(path)
    walker.examine(name)
    walker.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    walker.examine(name)
    clean.add(marks)


def marks_as_served(name, html):
    """What surrounds the main part by its words, and of the main part each element with what it stands in.

    A page with fewer of the same elements than somebody else's, or more of them, has nothing new in it.
    """
    before, main, *after = re.split(r"(?=<main\b)|(?<=</main>)", CHANGING.sub("", html))
    return {
        *(mark_of(f"as served {WHERE_ONE_IS.sub('', part)}") for part in (before, *after)),
        *(mark_of(f"as served {name} {around} {piece.itself}") for piece, around in among(pieces_of(main))),
    }


@pytest.mark.parametrize("role", WHO)
def test_every_page_of_a_role_can_be_used(subjects, at_a_browser, role):
    walker = at_a_browser(WHO[role])
    wrong = visit(walker, addresses(subjects, may_use=lambda route: role in route.roles, role=role))
    assert wrong == [], "\n\n".join(wrong)


def test_every_public_page_can_be_used(subjects, at_a_browser):
    wrong = visit(at_a_browser(), addresses(subjects, may_use=lambda route: route.public))
    assert wrong == [], "\n\n".join(wrong)


def test_nobody_sees_a_page_of_the_staff_without_signing_in(subjects, client, at_a_browser):
    for name, path in addresses(subjects, may_use=lambda route: not route.public):
        answer = client.get(path)
        leads = answer.headers.get("location", "").partition("?")[0]
        assert (answer.status_code, leads) == (302, "/sign-in"), name
    stranger = at_a_browser()
    stranger.go(reverse("census"))
    stranger.look("sign-in", "Sign in")
    assert stranger.path == "/sign-in"


def test_every_role_of_the_staff_is_walked():
    used = {role for pattern in get_resolver().url_patterns for role in pattern.callback.route.roles}
    assert used == set(WHO)
