"""A person at a browser, who reads every page they come to with care."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

from tests.journeys.asking_axe import ask_axe
from tests.through_the_door import session_of

Size = tuple[int, int]
PHONE: Size = (390, 844)
DESK: Size = (1280, 900)
SCREENSHOTS = Path(__file__).resolve().parents[2] / "screenshots"
# What differs from one making of the same page to the next.
CHANGING = re.compile(
    r"""name="(csrfmiddlewaretoken|[\w-]*once)" value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}"""
)

# What every page is asked at once: its title, how many main headings, how far it runs out sideways, and the names
# that are pointed to and missing, or that two elements bear; and what asks by itself where nothing was loaded to ask.
ABOUT = """() => {
    const names = [...document.querySelectorAll("[id]")].map((one) => one.id);
    const pointing = ["for", "aria-labelledby", "aria-describedby"];
    const pointed = pointing.flatMap((way) =>
        [...document.querySelectorAll(`[${way}]`)].flatMap((one) => one.getAttribute(way).split(/\\s+/)));
    const known = new Set(names);
    const twice = names.filter((name, place) => names.indexOf(name) !== place);
    const top = document.documentElement;
    return {
        title: document.title.trim(),
        headings: document.querySelectorAll("h1").length,
        sideways: top.scrollWidth - top.clientWidth,
        lost: [...pointed.filter((name) => name && !known.has(name)), ...twice],
        mute: document.querySelector("script[src*=htmx]") ? [] :
            [...document.querySelectorAll("[hx-get], [hx-post]")].map((one) => one.outerHTML.slice(0, 160)),
    };
}"""


class Walker:
    """One person's browser; whatever goes wrong behind the page is gathered in `troubles`."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.context, self.home = context, home
        self.troubles: list[str] = []
        self._may_refuse = False
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.troubles.append(f"script error: {error.error}"))
        context.on("request", self._watch)
        context.on("response", self._note)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)

    def _hear(self, message: ConsoleMessage) -> None:
        # A refused answer is judged by its status in `_note`; the console only repeats it.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.troubles.append(f"console on {self.page.url}: {message.text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:", "about:")):
            self.troubles.append(f"a request to elsewhere: {request.url}")

    def _note(self, response: Response) -> None:
        if response.status >= 400 and not (self._may_refuse and response.status in (401, 403, 409, 422)):
            self.troubles.append(f"{response.status} for {response.request.method} {response.url}")

    @contextmanager
    def refused(self) -> Iterator[None]:
        """Within this block the program may say no (401, 403, 409, 422)."""
        self._may_refuse = True
        yield
        self._may_refuse = False

    # Going about.

    def go(self, path: str) -> None:
        """Open an address of the program."""
        self.page.goto(path)

    def sign_in(self, email: str) -> None:
        """Be signed in with both factors; `test_signing_in` walks through the pages of it."""
        session = session_of(email, self.page.evaluate("navigator.userAgent"))
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.home}])
        self.go("/")

    def follow(self, name: str, *, within: str = "main") -> None:
        """Follow the link whose name begins so."""
        link = self.page.locator(within).get_by_role("link", name=beginning(name))
        with self.page.expect_navigation():
            self._one(link, name).click()

    def press(self, name: str, *, within: str = "body") -> None:
        """Press the button whose name begins so, and wait for the page it leads to."""
        button = self.page.locator(within).get_by_role("button", name=beginning(name))
        with self.page.expect_navigation():
            self._one(button, name).click()

    def press_twice(self, button: str) -> None:
        """Double-click this button, and wait for nothing: the second sending breaks off the answer to the first."""
        self._one(self.page.locator(button), button).dblclick(no_wait_after=True)

    def press_enter(self) -> None:
        """Press Enter where the focus is, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, label: str, text: str, *, within: str = "body") -> None:
        """Write into the field whose label begins so."""
        self._one(self.page.locator(within).get_by_label(beginning(label)), label).fill(text)

    def pick(self, question: str, *answers: str) -> None:
        """Choose answers of a question with radio buttons or checkboxes."""
        group = self._one(self.page.get_by_role("group", name=beginning(question)), question)
        for answer in answers:
            self._one(group.get_by_label(answer, exact=True), answer).check()

    def tick(self, sentence: str) -> None:
        """Tick the box whose sentence begins so."""
        self._one(self.page.get_by_role("checkbox", name=beginning(sentence)), sentence).check()

    def select(self, label: str, choice: str) -> None:
        """Choose from a list the line that begins so."""
        field = self._one(self.page.get_by_label(beginning(label)), label)
        lines = [line for line in field.locator("option").all_inner_texts() if line.startswith(choice)]
        assert len(lines) == 1, f"{len(lines)} lines of “{label}” begin with “{choice}”: {lines}"
        field.select_option(label=lines[0])

    def _one(self, found: Locator, name: str) -> Locator:
        """What was looked for, of which there must be one."""
        count = found.count()
        assert count == 1, (
            f"{count} times “{name}” on {self.page.url}: {self.page.locator('body').inner_text()}"
        )
        return found

    # Reading.

    @property
    def path(self) -> str:
        """Where this person is."""
        return urlsplit(self.page.url).path

    def reads(self, *sentences: str) -> None:
        """The page says each of these, to whoever looks at it."""
        said = " ".join(self.page.locator("body").inner_text().split())
        missing = [sentence for sentence in sentences if sentence not in said]
        assert missing == [], f"{self.page.url} does not say {missing}; it says: {said}"

    def look(self, name: str, *sentences: str) -> None:
        """Examine the page as it stands; it must also say the sentences."""
        self.page.wait_for_load_state("load")
        self.reads(*sentences)
        self.examine(name)

    def examine(self, name: str) -> None:
        """One heading, a title, nothing cut off sideways, axe content, nothing wrong behind the page."""
        page = self.page
        where = f"{name} at {page.viewport_size['width']} px ({self.path})"
        about = page.evaluate(ABOUT)
        assert about["title"], f"{where} has no title"
        assert about["headings"] == 1, f"{where} has {about['headings']} main headings"
        assert about["sideways"] <= 0, f"{where} scrolls {about['sideways']} px sideways: {widest(page)}"
        assert about["lost"] == [], (
            f"{where} points to names that are not there, or are there twice: {about['lost']}"
        )
        assert about["mute"] == [], f"{where} loads no htmx for {about['mute']}"
        wrong = ask_axe(page)
        assert wrong == [], f"{where} fails axe:\n" + "\n".join(wrong)
        if os.environ.get("THROUGHCARE_SHOTS") == "1":
            page.screenshot(path=SCREENSHOTS / f"{name}-{page.viewport_size['width']}.png", full_page=True)
        assert self.troubles == [], "\n".join([where, *self.troubles])


def beginning(name: str) -> re.Pattern[str]:
    """A name that begins with these words."""
    return re.compile(f"^{re.escape(name)}")


def widest(page: Page) -> list[str]:
    """The innermost elements that reach beyond the right edge."""
    return page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .filter((one) => !one.closest(".table-scroll, [class*=scroll]"))
            .slice(-4).map((one) => one.outerHTML.slice(0, 160))"""
    )
