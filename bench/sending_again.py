"""Browsers that send the forms of seven flows, and whatever got no answer once more under the same key."""

import http.client
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.crashes.stage import Sent, Stage

TOKEN = "a" * 32
GIVES_UP_AFTER = 30
# How many new forms of each flow lie ready for one kill; of these two the next can be made only after the last.
READY = {"sign": 2, "consent": 3, "revoke": 3, "medication": 1, "attendance": 8, "crisis": 8, "publish": 1}
FLIGHT_WITHIN = 2.0
ANSWERS_WITHIN = 10.0
TRIES = 10
AGAIN_AFTER = 0.05


@dataclass
class Line:
    """One flow's browser: what it still has to send, in order."""

    flow: str
    waiting: list["Sent"] = field(default_factory=list)
    in_flight: bool = False


@dataclass
class Sender:
    """Sends forms as whoever is signed in."""

    port: int
    cookies: dict[int, str] = field(default_factory=dict)

    def sign_in(self, account: int) -> None:
        """Once for each account: it lasts as long as a run."""
        from django.conf import settings
        from django.test import Client
        from tests.through_the_door import login_with_both_factors

        from throughcare.records.people import Account

        if account not in self.cookies:
            browser = Client()
            login_with_both_factors(browser, Account.objects.get(pk=account))
            name = settings.SESSION_COOKIE_NAME
            self.cookies[account] = f"{name}={browser.cookies[name].value}"

    def send(self, form: "Sent") -> int:
        """The status of the answer; 0 when none came."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=GIVES_UP_AFTER)
        try:
            line.request(
                "POST",
                form.url,
                urllib.parse.urlencode({**form.fields, "csrfmiddlewaretoken": TOKEN}),
                {
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Cookie": f"{self.cookies[form.account]}; csrftoken={TOKEN}",
                },
            )
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return 0
        else:
            return answer.status
        finally:
            line.close()


class Browsers:
    """One thread a flow; `go` lets them send, `pause` waits until each has its answer or knows that none comes."""

    def __init__(self, stage: "Stage", port: int) -> None:
        self._stage, self._sender = stage, Sender(port)
        self._lines = [Line(flow) for flow in READY]
        self._going, self._ended = threading.Event(), threading.Event()
        self._unanswered: list[Sent] = []
        self.sent: list[Sent] = []
        self.refused: list[str] = []
        self.answered = self.cut_off = self.kept_unanswered = self.idle_kills = self.errors = 0
        self._counting = threading.Lock()
        self._threads = [
            threading.Thread(target=self._work, args=(line,), daemon=True) for line in self._lines
        ]

    def __enter__(self) -> "Browsers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._going.set()
        for thread in self._threads:
            thread.join()

    def prepare(self) -> None:
        """Look what became of those that were cut off, and lay new forms ready."""
        from django.db import connection
        from tests.crashes.stage import written_by

        for form in self._unanswered:
            self.kept_unanswered += any(written_by(form.flow, form.about))
        self._unanswered.clear()
        for line in self._lines:
            while len(line.waiting) < READY[line.flow]:
                form = self._stage.next(line.flow)
                self._sender.sign_in(form.account)
                self.sent.append(form)
                line.waiting.append(form)
        connection.close()

    def go(self) -> None:
        """Send."""
        self._going.set()

    def wait_for_answer(self) -> None:
        """Until one more was answered."""
        before, until = self.answered, time.monotonic() + ANSWERS_WITHIN
        while self.answered == before and time.monotonic() < until:
            time.sleep(0.005)

    def wait_for_flight(self) -> None:
        """Until somebody waits for an answer, so that no kill meets an idle server."""
        until = time.monotonic() + FLIGHT_WITHIN
        while time.monotonic() < until:
            if any(line.in_flight for line in self._lines):
                return
        self.idle_kills += 1

    def pause(self) -> None:
        """Send nothing new; until nobody waits."""
        self._going.clear()
        while any(line.in_flight for line in self._lines):
            time.sleep(0.002)

    def finish(self) -> None:
        """Send what is left until everything was answered."""
        for _ in range(TRIES):
            if not any(line.waiting for line in self._lines):
                return
            self.go()
            until = time.monotonic() + GIVES_UP_AFTER
            while any(line.waiting for line in self._lines) and time.monotonic() < until:
                time.sleep(0.05)
            self.pause()
        raise RuntimeError("forms that nobody answers")

    def _work(self, line: Line) -> None:
        while True:
            self._going.wait()
            if self._ended.is_set():
                return
            if not line.waiting:
                time.sleep(0.002)
                continue
            line.in_flight = True
            # Paused between the two lines above: it was not sent.
            answer = self._sender.send(line.waiting[0]) if self._going.is_set() else None
            if answer is not None:
                self._note(line, answer)
            line.in_flight = False

    def _note(self, line: Line, status: int) -> None:
        form = line.waiting[0]
        with self._counting:
            if status == 0 or status >= 500:
                self.cut_off += status == 0
                self.errors += status != 0
                self._unanswered.append(form)
            else:
                self.answered += 1
                line.waiting.pop(0)
                if status != 302:
                    self.refused.append(f"{form.flow}: {status}")
        if status == 0 or status >= 500:
            # Nobody is there: a browser tries again in a moment.
            line.in_flight = False
            time.sleep(AGAIN_AFTER)
