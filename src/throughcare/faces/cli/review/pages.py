"""Reads a page as a reviewer does: where its links lead, and what its forms would send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag

TYPED = {
    "date": "2027-03-04",
    "time": "10:00",
    "datetime-local": "2027-03-04T10:00",
    "email": "someone@review.example",
    "number": "1",
    "tel": "212-555-0199",
}
WORDS = "Written for the review"


@dataclass
class PageForm:
    """Where a form is sent and with what, filled in as someone in a hurry would."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Choice:
    """A select or a group of buttons that is being read."""

    name: str
    chosen: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)


class PageReader(HTMLParser):
    """The links and the forms of one page."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.links = path, list[str]()
        self.forms: list[PageForm] = []
        self._form: PageForm | None = None
        self._select: Choice | None = None
        self._radios: dict[str, Choice] = {}
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Whatever begins here."""
        found = {name: value or "" for name, value in attrs}
        if tag in ("a", "link", "iframe") and found.get("href"):
            self.links.append(urldefrag(found["href"]).url)
        for name in ("hx-get", "hx-post", "src"):
            if found.get(name):
                self.links.append(urldefrag(found[name]).url)
        if tag == "form":
            action = found.get("action") or self.path
            self._form = PageForm(action, found.get("method", "get").lower())
            self._radios = {}
            self.links.append(action)
        elif tag == "select":
            self._select = Choice(found.get("name", ""))
        elif tag == "option" and self._select is not None:
            self._offer(self._select, found, "selected")
        elif tag == "textarea":
            self._area = found.get("name", "")
            self._put(self._area, WORDS)
        elif tag in ("input", "button"):
            self._control(tag, found)

    def _offer(self, choice: Choice, found: dict[str, str], mark: str) -> None:
        if found.get("value"):
            choice.offered.append(found["value"])
            if mark in found:
                choice.chosen.append(found["value"])

    def _control(self, tag: str, found: dict[str, str]) -> None:
        kind, name = found.get("type", "submit" if tag == "button" else "text"), found.get("name", "")
        if found.get("formaction"):
            self.links.append(found["formaction"])
        if not name or self._form is None or "disabled" in found:
            return
        if kind in ("radio", "checkbox"):
            choice = self._radios.setdefault(name, Choice(name))
            self._offer(choice, found, "checked")
            if kind == "checkbox" and "required" not in found and "checked" not in found:
                return
            self._form.fields[name] = choice.chosen or choice.offered[:1]
        elif kind in ("submit", "button"):
            self._form.fields.setdefault(name, [found.get("value", "")])
        elif kind != "file":
            self._put(name, found.get("value") or TYPED.get(kind, WORDS if "required" in found else ""))

    def _put(self, name: str, value: str) -> None:
        if self._form is not None and name:
            self._form.fields.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        """The words in a text area are what it would send."""
        if self._area and self._form is not None and data.strip():
            self._form.fields[self._area] = [data.strip()]

    def handle_endtag(self, tag: str) -> None:
        """Whatever ends here."""
        if tag == "select" and self._select is not None:
            for value in self._select.chosen or self._select.offered[:1]:
                self._put(self._select.name, value)
            self._select = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "form" and self._form is not None:
            self.forms.append(self._form)
            self._form = None


def read_page(html: str, *, path: str) -> PageReader:
    """A page, read."""
    reader = PageReader(path)
    reader.feed(html)
    return reader
