"""The eyes of the journeys: what a walker must not overlook."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WRONG = {
    "no label": ("main.append(document.createElement('input'))", "fails axe"),
    "faint words": ("main.querySelector('p').style.color = '#ddd'", "color-contrast"),
    "sideways": ("main.style.minWidth = '3000px'", "sideways"),
    "second heading": ("main.append(document.createElement('h1'))", "main headings"),
    "no title": ("document.title = ''", "no title"),
    "console": ("console.error('something broke')", "something broke"),
    "script error": ("setTimeout(() => { throw new Error('it fell') }); await later()", "it fell"),
    "policy": (
        "document.head.append(Object.assign(document.createElement('style'), {textContent: 'p {}'})); await later()",
        "Content Security Policy",
    ),
    "elsewhere": ("await fetch('http://elsewhere.test/').catch(() => null)", "elsewhere"),
    "not found": ("await fetch('/nothing-here')", "404"),
}
SCRIPT = """async () => {
    const main = document.querySelector("main");
    const later = () => new Promise((done) => setTimeout(done, 50));
    %s;
}"""


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_with_a_page_is_noticed(someone, what):
    script, noticed = WRONG[what]
    walker = someone()
    walker.go("/welcome")
    walker.examine("welcome")
    walker.page.evaluate(SCRIPT % script)
    with pytest.raises(AssertionError, match=noticed):
        walker.examine("welcome")
    walker.troubles.clear()
