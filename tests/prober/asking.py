"""One question to the program, in this process, as someone: answered, then rolled back as if it had never been."""

import io
import re
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client

TOKENS = re.compile(
    r'name="(?:csrfmiddlewaretoken|once|back)" value="[^"]*"|"X-CSRFToken": *"[^"]*"|nonce="[^"]*"|\bid="[^"]*"'
)
# What came of an earlier step is said once, on whichever page is asked next.
TOLD_BEFORE = re.compile(r'<div class="flash" role="status">.*?</div>', re.DOTALL)
PDF = b"%PDF"


@dataclass
class Answer:
    """What came back, readable: of a PDF its text, of one that only a word opens nothing."""

    status: int
    headers: dict[str, str]
    body: str
    error: str = ""

    @property
    def words(self) -> str:
        """Everything in which a marker could stand."""
        return (self.body + " ".join(f"{name}: {value}" for name, value in self.headers.items())).lower()

    def without(self, ids: tuple[str, ...]) -> tuple[int, str, str]:
        """The answer without what must differ between two askings: ids, tokens, what an earlier step led to."""
        body, leads = TOLD_BEFORE.sub("", TOKENS.sub("", self.body)), self.headers.get("Location", "")
        for one in sorted(ids, key=len, reverse=True):
            body, leads = body.replace(one, "ID"), leads.replace(one, "ID")
        return self.status, body, leads


@dataclass
class Asker:
    """Asks as the roles of the fixture, and counts."""

    roles: dict[str, Any]
    asked: int = 0
    clients: dict[tuple[str, bool], Client] = field(default_factory=dict)

    def ask(
        self,
        role: str,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        csrf: bool = False,
        **headers: str,
    ) -> Answer:
        """One question. Whatever it changed is taken back."""
        client = self._client(role, csrf)
        self.asked += 1
        try:
            with transaction.atomic():
                found = self._send(client, method, path, body, headers)
                transaction.set_rollback(True)
        except Exception as error:
            return Answer(599, {}, "", repr(error))
        return found

    def _send(
        self, client: Client, method: str, path: str, body: dict[str, Any] | None, headers: dict[str, str]
    ) -> Answer:
        more: dict[str, Any] = {"data": body or {}} if method == "POST" else {}
        response = client.generic_request(method, path, headers=headers, **more)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        error = repr(response.exc_info[1]) if getattr(response, "exc_info", None) else ""
        return Answer(response.status_code, dict(response.headers), _readable(content), error)

    def _client(self, role: str, csrf: bool) -> Client:
        if (role, csrf) not in self.clients:
            self.clients[role, csrf] = Teller(self.roles[role], csrf=csrf)
        return self.clients[role, csrf]


class Teller(Client):
    """Django's client with one cookie that stays as it is."""

    def __init__(self, role: dict[str, Any], *, csrf: bool) -> None:
        super().__init__(
            enforce_csrf_checks=csrf,
            raise_request_exception=False,
            headers={name.lower(): value for name, value in role["headers"].items()},
        )
        self.cookie = role["cookie"]

    def generic_request(self, method: str, path: str, **more: Any) -> Any:
        """Ask with the cookie of the fixture, whatever earlier answers set."""
        self.cookies.clear()
        if self.cookie:
            name, _, value = self.cookie.partition("=")
            self.cookies[name] = value
        return getattr(self, method.lower())(path, **more)


def _readable(content: bytes) -> str:
    if content.startswith(PDF):
        from pypdf import PdfReader

        found = PdfReader(io.BytesIO(content))
        return "" if found.is_encrypted else "\n".join(page.extract_text() for page in found.pages)
    return content.decode("utf-8", errors="replace")
