"""What a clinic asks of the server in a busy hour, asked at a steady rate whether or not the answers come in time.

The shares are those of a weekday of 200 patients: staff at their pages, notes saved as they are typed, patients,
families, files, and a call for help every ten seconds. A wait counts from the moment at which the request was due, so
that a server that stands still is not asked less.
"""

import http.client
import queue
import random
import threading
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import uuid4

from bench.load_clinic import Clinic

TOKEN = "a" * 32
ALERT, AUTOSAVE = "call for help", "autosave"
ALERT_EVERY_SECONDS = 10.0
THREADS = 24
GIVES_UP_AFTER = 30


@dataclass(frozen=True)
class Kind:
    """One kind of request: its share of all, who asks, and the address (`{chart}`, `{session}`, `{to_write}`)."""

    name: str
    share: float
    who: str
    address: str


KINDS = (
    Kind("day sheet", 14, "staff", "/today"),
    Kind("census", 8, "staff", "/census/"),
    Kind("chart", 16, "staff", "/patients/{chart}/"),
    Kind("progress", 6, "staff", "/patients/{chart}/progress"),
    Kind("notes of a person", 6, "staff", "/patients/{chart}/notes"),
    Kind("session", 9, "staff", "/sessions/{session}/"),
    Kind("crisis desk", 8, "staff", "/crisis/"),
    Kind("watch list", 4, "staff", "/watch/"),
    Kind("tasks", 2.2, "staff", "/tasks/"),
    # Each is two requests: the words are sent, the page comes back.
    Kind(AUTOSAVE, 8.8, "staff", "/sessions/{to_write}/notes"),
    Kind("own week", 2.4, "patients", "/my/week"),
    Kind("own check-in", 1.6, "patients", "/my/check-in"),
    Kind("own goals", 1.2, "patients", "/my/plan"),
    Kind("own safety plan", 1.1, "patients", "/my/safety-plan"),
    Kind("family", 0.9, "families", "/family/"),
    Kind("a file", 2.0, "patients", "/my/disclosures.csv"),
)


@dataclass(frozen=True)
class Asked:
    """One answer: how many seconds after it was due, and its status; 0 when none came."""

    kind: str
    seconds: float
    status: int


@dataclass
class Traffic:
    """Asks a server as this clinic's people."""

    port: int
    clinic: Clinic
    cookie_name: str
    seed: int = 1
    asked: list[Asked] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    # The form of a session's note as each writer last got it.
    forms: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def run(self, rate: float, seconds: float, *, alerts_every: float = ALERT_EVERY_SECONDS) -> None:
        """Ask at this rate for so long; alerts come on top, at their own pace."""
        due: queue.Queue[tuple[float, Kind, int] | None] = queue.Queue()
        threads = [threading.Thread(target=self._work, args=(due,), daemon=True) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        began = time.monotonic()
        for moment, kind, number in self.plan(rate, seconds, alerts_every):
            time.sleep(max(0.0, began + moment - time.monotonic()))
            due.put((began + moment, kind, number))
        for _ in threads:
            due.put(None)
        for thread in threads:
            thread.join()

    def plan(self, rate: float, seconds: float, alerts_every: float) -> Iterator[tuple[float, Kind, int]]:
        """What is due when; `number` chooses who and about whom."""
        dice = random.Random(self.seed)
        alert = Kind(ALERT, 0, "patients", "/my/help")
        moments = [(number / rate, False) for number in range(int(rate * seconds))]
        if alerts_every:
            moments += [(number * alerts_every + 1, True) for number in range(int(seconds / alerts_every))]
        calls = 0
        for moment, is_alert in sorted(moments):
            calls += is_alert
            chosen = alert if is_alert else dice.choices(KINDS, [kind.share for kind in KINDS])[0]
            yield moment, chosen, calls if is_alert else dice.randrange(1_000_000)

    def saturate(self, seconds: float, threads: int) -> int:
        """Ask as fast as answers come, with so many at once; how many came."""
        until, before = time.monotonic() + seconds, len(self.asked)

        def work(number: int) -> None:
            dice, line = random.Random(number), Line(self.port)
            pages = [kind for kind in KINDS if kind.name != AUTOSAVE]
            while time.monotonic() < until:
                kind = dice.choices(pages, [kind.share for kind in pages])[0]
                self._one(line, time.monotonic(), kind, dice.randrange(1_000_000))

        running = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(threads)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
        return len(self.asked) - before

    def _work(self, due: "queue.Queue[tuple[float, Kind, int] | None]") -> None:
        line = Line(self.port)
        while (one := due.get()) is not None:
            self._one(line, *one)

    def _one(self, line: "Line", at: float, kind: Kind, number: int) -> None:
        path = self._path(kind, number)
        cookie = f"{self.cookie_name}={self._who(kind, number)}; csrftoken={TOKEN}"
        body = self._body(kind, path, number)
        status = line.ask(f"{path}/write" if body and kind.name == AUTOSAVE else path, cookie, body)
        self.asked.append(Asked(kind.name, time.monotonic() - at, status))
        if kind.name == AUTOSAVE and status in (200, 302, 409):
            began = time.monotonic()
            page = line.ask_for_page(path, cookie)
            self.asked.append(Asked("notes of a session", time.monotonic() - began, 200 if page else 0))
            self._keep_form(path, page)
        elif not 200 <= status < 400:
            self.wrong.append(f"{kind.name} {path}: {status}")

    def _path(self, kind: Kind, number: int) -> str:
        ids = {
            "chart": self.clinic.charts,
            "session": self.clinic.sessions,
            "to_write": self.clinic.to_write,
        }
        return kind.address.format(**{name: some[number % len(some)] for name, some in ids.items()})

    def _who(self, kind: Kind, number: int) -> str:
        some: list[str] = getattr(self.clinic, kind.who)
        return some[number % len(some)]

    def _body(self, kind: Kind, path: str, number: int) -> str | None:
        if kind.name == ALERT:
            return urllib.parse.urlencode(
                {"csrfmiddlewaretoken": TOKEN, "once": str(uuid4()), "words": "I need someone."}
            )
        if kind.name != AUTOSAVE or path not in self.forms:
            return None
        words = f"The group worked on triggers; one planned the evening, {number}."
        fields = {
            name: [words] if name.endswith(("text", "words")) and values == [""] else values
            for name, values in self.forms[path].items()
            if name not in ("action", "phrase", "switch", "share", "delete", "take", "take_back")
        }
        fields |= {"csrfmiddlewaretoken": [TOKEN], "once": [str(uuid4())], "quietly": ["1"]}
        return urllib.parse.urlencode(fields, doseq=True)

    def _keep_form(self, path: str, page: str) -> None:
        from throughcare.faces.cli.review.pages import read_page

        for form in read_page(page, path=path).forms:
            if form.action.endswith("/write"):
                self.forms[path] = form.fields


class Line:
    """A connection that is kept, and made anew when it broke."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection: http.client.HTTPConnection | None = None
        self._text = ""

    def ask(self, path: str, cookie: str, body: str | None) -> int:
        """The status; 0 when no answer came."""
        headers = {"Cookie": cookie}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        for is_second in (False, True):
            is_new = self._connection is None
            connection = self._connection or http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=GIVES_UP_AFTER
            )
            try:
                connection.request("POST" if body is not None else "GET", path, body, headers)
                answer = connection.getresponse()
                self._text = answer.read().decode("utf-8", "replace")
            except (OSError, http.client.HTTPException):
                connection.close()
                self._connection = None
                # A kept connection may have been closed meanwhile; a fresh one that fails is an answer that never came.
                if is_new or is_second:
                    return 0
                continue
            self._connection = None if answer.will_close else connection
            return answer.status
        return 0

    def ask_for_page(self, path: str, cookie: str) -> str:
        """The words of a page, empty when it didn't come."""
        return self._text if self.ask(path, cookie, None) == 200 else ""
