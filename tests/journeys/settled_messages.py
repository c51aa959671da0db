"""Messages in the middle of their way: one arrived, one had no way left, and somebody left their number."""

from datetime import datetime, timedelta

from tests.cast import Cast
from throughcare.pathway.message.claiming import claim
from throughcare.pathway.message.outbox import Recipient, put_message
from throughcare.pathway.message.phones import change_own_phone


def what_stopped(cast: Cast, *, now: datetime) -> dict[str, object]:
    """An urgent message to nobody's address, half an hour old, looked after by nobody yet."""
    at = now - timedelta(minutes=30)
    change_own_phone("212-555-0101", by=cast.clinician, at=at)
    message = put_message(
        Recipient(),
        subject="You are paged",
        words="Sign in now.",
        key="settled: no address",
        urgent=True,
        organization=cast.organization,
        at=at,
    )
    claim(20, urgent=True, at=at)
    return {"message": message}
