"""A provider of texts and calls with faults: `python -m bench.lying_provider PORT LOG SEED`.

It answers as such providers do and tells afterwards how each message went on. By a script of faults it is slow, says
that it is busy, breaks off, hangs past everyone's patience with and without having taken the message, and lies: takes
a message and drops it. Each delivery is a line of LOG: moment, idempotency key, recipient, whether marked as repeated.
It heeds no idempotency keys, as the worst providers don't.
"""

import base64
import hmac
import json
import random
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs
from uuid import uuid4

TOKEN = "the secret of a provider that is not real"  # said by the bench on both sides
AGAIN = "Sent again: "


@dataclass(frozen=True)
class Fault:
    """One way to be bad: how long before the answer, which answer (0: none), whether taken, whether delivered."""

    name: str
    share: float
    seconds: tuple[float, float]
    status: int
    taken: bool
    delivered: bool


SCRIPT = (
    Fault("well", 0.70, (0.05, 0.3), 201, taken=True, delivered=True),
    Fault("slow", 0.10, (2.0, 8.0), 201, taken=True, delivered=True),
    Fault("busy", 0.05, (0.05, 0.2), 429, taken=False, delivered=False),
    Fault("broken", 0.03, (0.05, 0.2), 500, taken=False, delivered=False),
    Fault("broken but taken", 0.01, (0.05, 0.2), 500, taken=True, delivered=True),
    Fault("hangs", 0.03, (14.0, 14.0), 0, taken=False, delivered=False),
    Fault("hangs but takes", 0.01, (14.0, 14.0), 0, taken=True, delivered=True),
    Fault("cut off", 0.02, (0.0, 0.1), 0, taken=False, delivered=False),
    Fault("lies", 0.05, (0.05, 0.3), 201, taken=True, delivered=False),
)


class Provider(ThreadingHTTPServer):
    """Answers each request in a thread of its own."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, log: str, seed: int) -> None:
        super().__init__(("127.0.0.1", port), Answer)
        self.dice = random.Random(seed)
        self.lock = threading.Lock()
        self.log = Path(log).open("a", encoding="utf-8", buffering=1)  # noqa: SIM115  # as long as the process

    def throw(self) -> Fault:
        """Which fault comes now."""
        with self.lock:
            return self.dice.choices(SCRIPT, [fault.share for fault in SCRIPT])[0]

    def write(self, what: str, fields: dict[str, str], key: str, fault: Fault) -> None:
        """One line of what happened."""
        words = fields.get("Body") or fields.get("Twiml", "")
        line = {
            "at": time.time(),
            "what": what,
            "key": key,
            "to": fields.get("To", ""),
            "again": AGAIN in words,
            "fault": fault.name,
        }
        with self.lock:
            self.log.write(json.dumps(line) + "\n")


class Answer(BaseHTTPRequestHandler):
    """One request."""

    server: Provider
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: the log is ours."""

    def do_POST(self) -> None:
        """Take a message, or not."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        fields = {name: values[0] for name, values in parse_qs(body).items()}
        key, fault = self.headers.get("Idempotency-Key", ""), self.server.throw()
        is_call = self.path.endswith("/Calls.json")
        ident = f"{'CA' if is_call else 'SM'}{uuid4().hex}"
        if fault.taken:
            self.server.write("taken", fields, key, fault)
        if fault.delivered:
            wait = self.server.dice.uniform(0.3, 2.0)
            later(wait, lambda: self.deliver(fields, key, fault, ident, is_call=is_call))
        time.sleep(self.server.dice.uniform(*fault.seconds))
        self.close_connection = True
        if not fault.status:
            return
        answer = json.dumps({"sid": ident, "status": "queued"}).encode()
        try:
            self.send_response(fault.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
        except OSError:  # who asked was killed meanwhile
            return

    def deliver(self, fields: dict[str, str], key: str, fault: Fault, ident: str, *, is_call: bool) -> None:
        """It reaches a phone, and whoever sent it is told; one in fifty tellings gets lost."""
        self.server.write("delivered", fields, key, fault)
        if self.server.dice.random() < 0.02:
            return
        told = {"CallSid": ident, "CallStatus": "completed"} if is_call else {}
        tell(fields.get("StatusCallback", ""), told or {"MessageSid": ident, "MessageStatus": "delivered"})


def later(seconds: float, run: Callable[[], None]) -> None:
    """Run something in a while."""
    timer = threading.Timer(seconds, run)
    timer.daemon = True
    timer.start()


def tell(address: str, fields: dict[str, str]) -> None:
    """Ask the address that the message named, signed; again a few times when nobody answers."""
    said = address + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    signature = base64.b64encode(hmac.digest(TOKEN.encode(), said.encode(), "sha1")).decode()
    data = "&".join(f"{name}={value}" for name, value in fields.items()).encode()
    for pause in (0.5, 2.0, 5.0, 10.0):
        request = urllib.request.Request(address, data, {"X-Twilio-Signature": signature})
        try:
            with urllib.request.urlopen(request, timeout=10):
                return
        except OSError:
            time.sleep(pause)


def main() -> None:
    """Answer until ended."""
    port, log, seed = sys.argv[1:]
    Provider(int(port), log, int(seed)).serve_forever()


if __name__ == "__main__":
    main()
