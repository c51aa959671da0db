"""Strings that break programs, through every text field of every form: `./run python -m bench.naughty [--keep DIR]`.

Over the review fixture: each address that takes a form is sent its form as someone who may, with a naughty string in
each field of words; what it leads to, the person's pages and every CSV and PDF that this role may open are read before
all is taken back. Prints what was sent and read; 1 when an answer was a 5xx, markup stood in a page as markup, or a
cell of a CSV began a formula.
"""

import argparse
import csv
import io
import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from bench.naughty_strings import FORMULAS, MARKUP, STRINGS

# Words of the fixture's own forms: wherever one stands, anything could be written.
WRITTEN = "Written for the review"
NOT_WORDS = frozenset({"once", "csrfmiddlewaretoken", "next", "proof", "action"})
EACH = 3


def main() -> int:
    """Send, read, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="a fixture that is there already")
    parser.add_argument("--short", action="store_true", help="every tenth form, one string each")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="throughcare-naughty-"))
    if not (folder / "roles.json").exists():
        from bench.prober import run

        run("throughcare.faces.cli.main", "review-fixture", "--out", str(folder)).wait()
    os.environ |= {"THROUGHCARE_DATA": str(folder / "data"), "REQUESTS_A_MINUTE": "0"}
    from throughcare.faces.cli.installation import start_django

    start_django()
    told = Naughty(folder).send(every=10 if options.short else 1, each=1 if options.short else EACH)
    print("\n".join(sorted(told.wrong)[:60]))
    print(f"{dict(told.counted)}; {len(told.wrong)} wrong")
    return 1 if told.wrong or not told.counted["met again"] else 0


class Naughty:
    """Sends as whoever may, and looks at what comes back."""

    def __init__(self, folder: Path) -> None:
        from tests.prober.material import Material

        self.material, self.counted, self.wrong = Material(folder), Counter[str](), set[str]()
        self.given = json.loads((folder / "roles.json").read_text(encoding="utf-8"))
        self._next = 0

    def send(self, *, every: int, each: int) -> "Naughty":
        """Every form (or every so many), with so many strings in each of its fields."""
        forms = [one for one in self.material.addresses if one.method == "POST" and one.body]
        for address in forms[::every]:
            body = address.body or {}
            asked = [name for name, value in body.items() if is_words(name, value)]
            # What may stay empty is mostly words too; where it is a date, the form must say so.
            left_open = [
                name for name, value in body.items() if is_words(name, value) or is_open(name, value)
            ]
            role = next((one for one in self.given if self._may(one, address)), None)
            if not left_open or role is None:
                continue
            self.counted["forms"] += 1
            for number in range(each):
                self.one(role, address, left_open if number % 2 or not asked else asked)
        return self

    def _may(self, role: str, address: Any) -> bool:
        from tests.prober.judging import Judge

        is_in = Judge(self.material).expected(role, address) == "in"
        return is_in and self.material.own_path(address, role) is not None

    def one(self, role: str, address: Any, fields: list[str]) -> None:
        """One form, what it leads to, and what may show it; nothing of it stays."""
        from django.db import transaction
        from tests.prober.asking import Teller

        client = Teller(self.given[role], csrf=False)
        body = dict(address.body)
        for name in fields:
            body[name] = STRINGS[self._next % len(STRINGS)]
            self._next += 1
        path = self.material.own_path(address, role)
        with transaction.atomic():
            answer = client.generic_request("POST", path.path, data=body)
            self.counted["sent"] += 1
            self.counted["taken"] += 300 <= answer.status_code < 400
            self.look(f"POST {address.name}", answer)
            on = [answer.headers["Location"]] if answer.has_header("Location") else [path.path]
            for place in [*on, *self._papers(role)]:
                if place.startswith("/"):
                    self.look(
                        f"{address.name}, then {place.split('?')[0][:50]}",
                        client.generic_request("GET", place),
                    )
            transaction.set_rollback(True)

    def _papers(self, role: str) -> list[str]:
        """Files that this role may open: a CSV each time, a PDF now and then, since drawing one takes long."""
        wanted = (".csv",) if self._next % 5 else (".csv", ".pdf")
        return [
            found.path
            for one in self.material.addresses
            if one.method == "GET" and one.url.endswith(wanted) and self._may(role, one)
            if (found := self.material.own_path(one, role))
        ]

    def look(self, where: str, answer: Any) -> None:
        """What an answer must never be."""
        from tests.prober.asking import _readable

        if answer.status_code >= 500:
            self.wrong.add(f"{where}: answered {answer.status_code}")
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        words, kind = _readable(content), answer.headers.get("Content-Type", "")
        self.counted["met again"] += any(one in words for one in ("onerror=", "alert(", "{{7*7}}"))
        if kind.startswith("text/html"):
            self.counted["pages"] += 1
            self.wrong |= {f"{where}: shows {one!r} as markup" for one in MARKUP if one in words}
        elif kind.startswith("text/csv"):
            self.counted["tables"] += 1
            cells = [cell for row in csv.reader(io.StringIO(words)) for cell in row]
            self.wrong |= {
                f"{where}: a cell begins {cell[:12]!r}" for cell in cells if cell.startswith(FORMULAS)
            }
        elif kind == "application/pdf":
            self.counted["papers"] += 1


def is_words(name: str, value: Any) -> bool:
    """Whether a field takes words: what the fixture wrote there, or left open."""
    if name in NOT_WORDS:
        return False
    return first(value) == WRITTEN


def is_open(name: str, value: Any) -> bool:
    """Whether a field was left empty."""
    return name not in NOT_WORDS and first(value) == ""


def first(value: Any) -> Any:
    """The value of a field that is sent once."""
    return value[0] if isinstance(value, list) and value else value


if __name__ == "__main__":
    sys.exit(main())
