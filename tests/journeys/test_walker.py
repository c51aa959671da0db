"""The eyes of the journeys: what a walker must not overlook."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WRONG = {
    "axe": ("document.querySelector('main').append(document.createElement('input'))", "fails axe"),
    "faint words": ("document.querySelector('main p').style.color = '#ddd'", "color-contrast"),
    "sideways": ("document.querySelector('main').style.width = '3000px'", "sideways"),
    "second heading": (
        "document.querySelector('main').append(document.createElement('h1'))",
        "main headings",
    ),
    "no title": ("document.title = ''", "no title"),
    "console": ("console.error('something broke')", "something broke"),
    "script error": ("setTimeout(() => { throw new Error('it fell') })", "it fell"),
    "policy": (
        "document.head.append(Object.assign(document.createElement('style'), {textContent: 'p{}'}))",
        "Policy",
    ),
    "elsewhere": ("new Image().src = 'http://elsewhere.test/pixel.png'", "elsewhere"),
    "not found": ("fetch('/nothing-here')", "404"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_with_a_page_is_noticed(someone, what):
    script, noticed = WRONG[what]
    walker = someone()
    walker.go("/welcome")
    walker.examine("welcome")
    walker.page.evaluate(f"() => {{ {script} }}")
    walker.page.wait_for_load_state("networkidle")
    walker.page.wait_for_timeout(0)
    with pytest.raises(AssertionError, match=noticed):
        walker.examine("welcome-broken")
    walker.troubles.clear()
