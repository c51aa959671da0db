"""The demo's channel: each message is a file in the data folder, to be read instead of received."""

from pathlib import Path
from uuid import UUID

from django.conf import settings

from throughcare.pathway.message.marking import ACCEPTED, Outcome


class Files:
    """Writes `messages/<way>-<try>.txt`. What is written has arrived."""

    name = "file"

    def __init__(self, way: str) -> None:
        self.way = way

    def send(self, to: str, subject: str, words: str, *, same: str, attempt: UUID) -> Outcome:
        """Write it; a second try of the same message is a second file."""
        folder = Path(settings.DATA) / "messages"
        folder.mkdir(exist_ok=True, mode=0o700)
        file = folder / f"{self.way}-{attempt}.txt"
        file.write_text(f"To: {to}\nSubject: {subject}\n\n{words}\n", encoding="utf-8")
        return Outcome(ACCEPTED, self.name, str(attempt), arrived=True)
