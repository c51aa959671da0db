"""What each channel makes of the other side's answers; the provider is one of ours, on this machine."""

import smtplib
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs
from uuid import UUID, uuid4

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse

from throughcare.faces.worker import channels as all_channels
from throughcare.faces.worker.channels import phone_provider
from throughcare.faces.worker.channels.files import Files
from throughcare.faces.worker.channels.mail import Mail
from throughcare.faces.worker.channels.phone_provider import Calls, Texts
from throughcare.pathway.message.marking import ACCEPTED, FAILED, NOT_TAKEN, UNKNOWN

ATTEMPT = UUID("11111111-2222-3333-4444-555555555555")


class Answering(BaseHTTPRequestHandler):
    """Gives the answer that its server was told to give, and keeps what it was asked."""

    def log_message(self, *words):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(
            (self.path, dict(self.headers), {k: v[0] for k, v in parse_qs(body).items()})
        )
        status, answer = self.server.answer
        if status is None:
            self.server.held.wait(5)
            return
        self.send_response(status)
        self.end_headers()
        self.wfile.write(answer)


@contextmanager
def a_provider(settings, status, answer=b'{"sid": "SM77"}'):
    server = HTTPServer(("127.0.0.1", 0), Answering)
    server.answer, server.asked, server.held = (status, answer), [], threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}"
    settings.SMS_ACCOUNT, settings.SMS_TOKEN, settings.SMS_FROM = "AC1", "s3cret", "+12125550000"
    try:
        yield server
    finally:
        server.held.set()
        server.shutdown()
        server.server_close()


def send(channel):
    return channel.send("+12125550101", "Subject", "Sign in <now>.", same="m-0", attempt=ATTEMPT)


def test_a_text_names_the_try_and_asks_to_be_told_how_it_went(settings):
    with a_provider(settings, 201) as provider:
        outcome = send(Texts())
    (path, headers, fields) = provider.asked[0]
    assert (outcome.came_to, outcome.provider_id) == (ACCEPTED, "SM77")
    assert path == "/2010-04-01/Accounts/AC1/Messages.json"
    assert headers["Idempotency-Key"] == "m-0"
    assert fields == {
        "To": "+12125550101",
        "From": "+12125550000",
        "Body": "Sign in <now>.",
        "StatusCallback": f"{settings.HOME_ADDRESS}/message-hooks/{ATTEMPT}",
    }


def test_the_address_of_receipts_is_the_one_that_the_pages_have():
    assert phone_provider.TOLD_AT.format(attempt=ATTEMPT) == reverse("message_status", args=[ATTEMPT])


def test_a_call_reads_the_words_twice(settings):
    with a_provider(settings, 201) as provider:
        assert send(Calls()).came_to == ACCEPTED
    (path, _, fields) = provider.asked[0]
    assert path.endswith("/Calls.json")
    assert fields["Twiml"].count("<Say>Sign in &lt;now&gt;.</Say>") == 2


@pytest.mark.parametrize(
    ("status", "came_to"),
    [(429, FAILED), (503, FAILED), (400, NOT_TAKEN), (401, NOT_TAKEN), (500, UNKNOWN), (502, UNKNOWN)],
)
def test_each_answer_says_whether_to_ask_again(settings, status, came_to):
    with a_provider(settings, status):
        assert send(Texts()).came_to == came_to


def test_an_answer_without_an_id_was_taken_all_the_same(settings):
    with a_provider(settings, 201, b"hello"):
        assert send(Texts()).came_to == ACCEPTED


def test_who_hangs_is_left_in_doubt_when_the_time_is_over(settings, monkeypatch):
    monkeypatch.setattr(phone_provider, "PROVIDER_SECONDS", 0.2)
    with a_provider(settings, None):
        assert send(Texts()).came_to == UNKNOWN


def test_where_nobody_listens_it_was_surely_not_taken(settings):
    with a_provider(settings, 201):
        pass
    assert send(Texts()).came_to == FAILED


def test_words_never_travel_in_the_clear(settings):
    settings.SMS_URL, settings.SMS_ACCOUNT = "http://provider.example", "AC1"
    assert send(Texts()).trouble == "SMS_URL is not https"


class Refusing(BaseEmailBackend):
    """A mail server that answers as it was told."""

    raises: Exception | None = None

    def open(self):
        return True

    def close(self):
        pass

    def send_messages(self, messages):
        if self.raises:
            raise self.raises
        Refusing.sent = messages
        return len(messages)


@pytest.fixture
def mail_server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    return lambda error: monkeypatch.setattr(Refusing, "raises", error)


@pytest.mark.parametrize(
    ("error", "came_to"),
    [
        (None, ACCEPTED),
        (smtplib.SMTPRecipientsRefused({"a@b.test": (550, b"no")}), NOT_TAKEN),
        (smtplib.SMTPRecipientsRefused({"a@b.test": (450, b"later")}), FAILED),
        (smtplib.SMTPDataError(451, b"later"), FAILED),
        (smtplib.SMTPDataError(554, b"no"), NOT_TAKEN),
        (smtplib.SMTPServerDisconnected("gone"), UNKNOWN),
        (TimeoutError(), UNKNOWN),
    ],
)
def test_a_mail_server_takes_refuses_or_leaves_in_doubt(mail_server, error, came_to):
    mail_server(error)
    outcome = Mail().send("a@b.test", "Subject", "Words", same="m-2", attempt=uuid4())
    assert outcome.came_to == came_to
    if came_to == ACCEPTED:
        assert Refusing.sent[0].extra_headers["Message-ID"].startswith("<m-2@")


def test_the_demo_writes_files_that_have_arrived(settings, tmp_path):
    settings.DATA = tmp_path
    outcome = Files("text").send("+1", "Subject", "Words", same="m-0", attempt=ATTEMPT)
    assert outcome.arrived
    assert "Words" in (tmp_path / "messages" / f"text-{ATTEMPT}.txt").read_text(encoding="utf-8")


def test_the_environment_says_which_channels_there_are(settings):
    def ways(**said):
        for name, value in {"DEMO": False, "MAIL_HOST": "", "SMS_ACCOUNT": "", **said}.items():
            setattr(settings, name, value)
        all_channels.channels.cache_clear()
        return {way: channel.name for way, channel in all_channels.channels().items()}

    try:
        assert ways() == {}
        assert ways(MAIL_HOST="mail.example") == {"email": "mail server"}
        assert ways(SMS_ACCOUNT="AC1") == {"text": "texts", "phone": "calls"}
        assert set(ways(DEMO=True).values()) == {"file"}
    finally:
        all_channels.channels.cache_clear()
