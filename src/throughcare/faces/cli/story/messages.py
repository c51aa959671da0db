"""Where those on call are paged, and one message that had no way left."""

from datetime import timedelta

from throughcare.faces.cli.story.days import Cast
from throughcare.pathway.message.outbox import Recipient, put_message
from throughcare.pathway.message.phones import change_own_phone

# Numbers that are nobody's: 555-0100 to 555-0199 are kept for stories.
PHONES = {
    "main-1": "212-555-0111",
    "main-2": "212-555-0112",
    "nurse": "212-555-0113",
    "director": "212-555-0114",
}


def leave_numbers(cast: Cast) -> None:
    """Four of the staff say where they are paged; a mail to somebody without any address waits for a person."""
    for code, number in PHONES.items():
        change_own_phone(number, by=cast.clinic.actors[code], at=cast.now - timedelta(days=30))
    put_message(
        Recipient(),
        subject="Please call us",
        words="Please call us when you can.",
        key="story: no address",
        organization=cast.clinic.program.organization,
        at=cast.now - timedelta(hours=2),
    )
